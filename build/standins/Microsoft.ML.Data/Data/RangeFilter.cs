using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Keeps the rows of which a number lies in [lower, upper).</summary>
internal static class RangeFilter
{
    public static IDataView Apply(IDataView input, string columnName, double lower, double upper)
    {
        var column = input.Schema.GetColumnOrNull(columnName)
            ?? throw Contracts.ExceptSchemaMismatch(null, nameof(columnName), "filter", columnName);
        if (column.Type is not NumberDataViewType)
            throw Contracts.ExceptSchemaMismatch(null, nameof(columnName), "filter", columnName, "Single, Double or another number", column.Type.ToString());
        return new FilteredDataView(
            input,
            [column],
            row => Generic.Call<RowPredicate>(Predicate<float>, [column.Type.RawType], row, column, lower, upper),
            canShuffle: true);
    }

    private static RowPredicate Predicate<T>(DataViewRow row, DataViewSchema.Column column, double lower, double upper)
    {
        var getter = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            getter(ref value);
            var number = Convert.ToDouble(value);
            // An upper bound of infinity is itself in the range.
            return number >= lower && (number < upper || double.IsPositiveInfinity(upper));
        };
    }
}
