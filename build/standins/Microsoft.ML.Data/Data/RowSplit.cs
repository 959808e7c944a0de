using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Splits rows by a number in [0, 1) that each of them draws, or that follows from its key.</summary>
internal static class RowSplit
{
    public static DataOperationsCatalog.TrainTestData InTwo(
        IHostEnvironment env, IDataView data, double testFraction, string keyColumnName, int? seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (!(testFraction > 0 && testFraction < 1))
            throw new ArgumentOutOfRangeException(nameof(testFraction), testFraction, "Must be between 0 and 1 exclusive");
        return Part(data, KeyColumn(data, keyColumnName), SeedOf(env, seed), 0, testFraction);
    }

    public static IReadOnlyList<DataOperationsCatalog.TrainTestData> IntoFolds(
        IHostEnvironment env, IDataView data, int numberOfFolds, string keyColumnName, int? seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (numberOfFolds < 2)
            throw new ArgumentException("Must be more than 1", nameof(numberOfFolds));
        var key = KeyColumn(data, keyColumnName);
        var number = SeedOf(env, seed);
        return Enumerable.Range(0, numberOfFolds)
            .Select(fold => Part(data, key, number, (double)fold / numberOfFolds, (fold + 1.0) / numberOfFolds))
            .ToArray();
    }

    private static DataOperationsCatalog.TrainTestData Part(
        IDataView data, DataViewSchema.Column? key, int seed, double lower, double upper)
    {
        var train = Filter(data, key, seed, draw => draw < lower || draw >= upper);
        var test = Filter(data, key, seed, draw => draw >= lower && draw < upper);
        return new DataOperationsCatalog.TrainTestData(train, test);
    }

    private static FilteredDataView Filter(IDataView data, DataViewSchema.Column? key, int seed, Func<double, bool> keep)
    {
        RowPredicate ByKey(DataViewRow row)
        {
            var hash = RowHash.Of(row, key.Value);
            return () => keep(Draw(seed, hash()));
        }

        RowPredicate ByPlace(DataViewRow row)
        {
            var place = 0UL;
            return () => keep(Draw(seed, place++));
        }

        return new FilteredDataView(data, key is { } column ? [column] : [], key == null ? ByPlace : ByKey, key != null);
    }

    private static DataViewSchema.Column? KeyColumn(IDataView data, string name)
    {
        if (name == null)
            return null;
        return data.Schema.GetColumnOrNull(name)
            ?? throw Contracts.ExceptSchemaMismatch(null, "samplingKeyColumnName", "sampling key", name);
    }

    private static int SeedOf(IHostEnvironment env, int? seed) => seed ?? env.Register("Split").Rand.Next();

    private static double Draw(int seed, ulong value)
    {
        var id = new DataViewRowId(value, (ulong)seed).Combine(new DataViewRowId((ulong)seed, value));
        return (id.Low >> 11) * (1.0 / (1UL << 53));
    }
}
