using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Estimators;

/// <summary>Data or settings that no trainer takes.</summary>
/// <param name="View">The data.</param>
/// <param name="Error">The type of the error; Exception for any.</param>
/// <param name="Parts">What its message has.</param>
/// <param name="Change">Settings that the fault needs.</param>
internal sealed record RejectedData(Func<MLContext, IDataView> View, Type Error, string[] Parts, Action<DeepClusteringOptions>? Change = null)
{
    private const int Size = 6;

    public static IReadOnlyDictionary<string, RejectedData> All { get; } = new Dictionary<string, RejectedData>
    {
        ["NaN"] = Invalid(Value(float.NaN), "Row 9, slot 4", "'Features'", "is NaN", "ReplaceMissingValues"),
        ["infinity"] = Invalid(Value(float.PositiveInfinity), "Row 9, slot 4", "is Infinity"),
        ["-infinity"] = Invalid(Value(float.NegativeInfinity), "Row 9, slot 4", "is -Infinity"),
        ["NaN in a sparse vector"] = Invalid(ml => Sparse(ml, float.NaN), "Row 2, slot 3", "is NaN"),
        ["NaN in an image"] = Invalid(ImageWithNaN, "Row 2, slot 5", "is NaN"),
        ["no rows"] = Invalid(ml => Rows(ml, 0), "no rows", "'Features'"),
        ["one row less than clusters"] = Invalid(ml => Rows(ml, 2), "NumberOfClusters is 3, but the data have 2 rows", "lower NumberOfClusters"),
        ["one row"] = Invalid(ml => Rows(ml, 1), "NumberOfClusters is 3, but the data have 1 row; bring at least 3 rows."),
        ["a batch of one row"] = Argument(ml => Rows(ml, 12), o => o.BatchSize = 1, "BatchSize is 1; it must be 2 or more"),
        ["a row too short"] = OtherLength(5),
        ["a row too long"] = OtherLength(7),
        ["a row without values"] = OtherLength(0),
        ["no such column"] = OutOfRange(ml => Rows(ml, 12), o => o.FeatureColumnName = "Pixels", "no column 'Pixels'", "Features, Label, Name", "FeatureColumnName"),
        ["a scalar"] = OutOfRange(ml => Rows(ml, 12), o => o.FeatureColumnName = "Label", "'Label' is Single", "vector of known size of Single"),
        ["a text"] = OutOfRange(ml => Rows(ml, 12), o => o.FeatureColumnName = "Name", "'Name' is String", "vector of known size of Single"),
        ["vectors of unknown size"] = OutOfRange(ml => ml.Data.LoadFromEnumerable(TestRows.Make(12, Size)), null, "'Features' is Vector", "known size"),
        ["vectors of double"] = OutOfRange(ml => Of<double>(ml), null, "Vector<Double, 4>", "Single", "ConvertType"),
        ["vectors of int"] = OutOfRange(ml => Of<int>(ml), null, "Vector<Int32, 4>", "Single"),
        ["vectors of bool"] = OutOfRange(ml => Of<bool>(ml), null, "Vector<Boolean, 4>", "Single"),
        ["vectors of text"] = OutOfRange(ml => Of<string>(ml), null, "Vector<String, 4>", "Single"),
        ["features hidden by a column of another type"] = OutOfRange(
            ml => ml.Transforms.CopyColumns("Features", "Label").Fit(Rows(ml, 12)).Transform(Rows(ml, 12)), null, "'Features' is Single"),
        ["an image shape that does not fit"] = Argument(ml => Rows(ml, 12), o => o.ImageShape = new(1, 2, 4), "ImageShape is 1 x 2 x 4", "8 values", "has 6"),
        ["an image without rows"] = Argument(ml => Rows(ml, 12), o => o.ImageShape = new(1, 0, 4), "ImageShape is 1 x 0 x 4", "1 or more"),
        ["a convolutional network on flat vectors"] = Argument(ml => Rows(ml, 12), o => o.Network = NetworkKind.Convolutional, "flat vector of 6", "ImageShape"),
        ["no such label column"] = OutOfRange(ml => Rows(ml, 12), o => (o.RecordPerformance, o.LabelColumnName) = (true, "Digit"), "no column 'Digit'", "LabelColumnName"),
        ["no such weight column"] = OutOfRange(ml => Rows(ml, 12), o => o.ExampleWeightColumnName = "Mass", "no column 'Mass'", "ExampleWeightColumnName"),
        ["a text as weight"] = OutOfRange(ml => Rows(ml, 12), o => o.ExampleWeightColumnName = "Name", "'Name' is String", "a weight must be a Single"),
        ["an empty name of weights"] = Argument(ml => Rows(ml, 12), o => o.ExampleWeightColumnName = "", "ExampleWeightColumnName is \"\"; it must be the name of a column, or null"),
        ["a negative weight"] = Weighted(-0.5f, "Row 7", "'Label' is -0.5", "0 or more"),
        ["a weight that is NaN"] = Weighted(float.NaN, "Row 7", "'Label' is NaN"),
        ["an infinite weight"] = Weighted(float.PositiveInfinity, "Row 7", "'Label' is Infinity"),
        ["weights of zero"] = new(ml => Weights(ml, _ => 0), typeof(InvalidOperationException), ["no rows of a weight above 0 in column 'Label'"], o => o.ExampleWeightColumnName = "Label"),
        ["fewer rows of weight above 0 than clusters"] = new(
            ml => Weights(ml, i => i < 2 ? 1 : 0), typeof(InvalidOperationException), ["the data have 2 rows of a weight above 0"], o => o.ExampleWeightColumnName = "Label"),
        ["a vector as label"] = OutOfRange(ml => Rows(ml, 12), o => (o.RecordPerformance, o.LabelColumnName) = (true, "Features"), "'Features' has the type Vector", "a label must be"),
    };

    private static RejectedData Invalid(Func<MLContext, IDataView> view, params string[] parts) => new(view, typeof(InvalidOperationException), parts);

    // The source of the rows may notice it first, in its own words.
    private static RejectedData OtherLength(int length) => new(ml => OfLength(ml, length), typeof(Exception), [$"{length}", $"{Size}"]);

    private static RejectedData Argument(Func<MLContext, IDataView> view, Action<DeepClusteringOptions> change, params string[] parts)
        => new(view, typeof(ArgumentException), parts, change);

    private static RejectedData OutOfRange(Func<MLContext, IDataView> view, Action<DeepClusteringOptions>? change, params string[] parts)
        => new(view, typeof(ArgumentOutOfRangeException), parts, change);

    private static RejectedData Weighted(float weight, params string[] parts)
        => new(ml => Weights(ml, i => i == 7 ? weight : 1), typeof(InvalidOperationException), parts, o => o.ExampleWeightColumnName = "Label");

    private static IDataView Weights(MLContext ml, Func<int, float> weight)
    {
        var rows = TestVectors.Rows(TestVectors.Make(12, Size));
        for (var i = 0; i < rows.Length; i++)
            rows[i].Label = weight(i);
        return ml.Data.LoadFromEnumerable(rows, TestRows.Schema(Size));
    }

    private static IDataView Rows(MLContext ml, int count) => TestVectors.View(ml, TestVectors.Make(count, Size), Size);

    private static Func<MLContext, IDataView> Value(float value) => ml =>
    {
        var rows = TestVectors.Make(12, Size);
        rows[9][4] = value;
        return TestVectors.View(ml, rows, Size);
    };

    private static IDataView OfLength(MLContext ml, int length)
    {
        var rows = TestVectors.Make(12, Size);
        rows[9] = new float[length];
        return TestVectors.View(ml, rows, Size);
    }

    private static IDataView ImageWithNaN(MLContext ml)
    {
        var rows = TestVectors.Make(4, Size);
        rows[2][5] = float.NaN;
        return TestVectors.View(ml, rows, 1, 2, 3);
    }

    private static IDataView Sparse(MLContext ml, float value)
    {
        var rows = TestVectors.Make(4, Size).Select(r => new SparseRow { Features = new VBuffer<float>(Size, 1, [r[3]], [3]) }).ToArray();
        rows[2].Features = new VBuffer<float>(Size, 2, [1f, value], [0, 3]);
        return SparseRow.View(ml, rows, Size);
    }

    private static IDataView Of<T>(MLContext ml) => ml.Data.LoadFromEnumerable(Enumerable.Range(0, 12).Select(_ => new RowOf<T>()));

    private sealed class RowOf<T>
    {
        [VectorType(4)]
        public T[] Features { get; set; } = new T[4];
    }
}

/// <summary>A row that holds only the values that are not zero.</summary>
internal sealed class SparseRow
{
    public VBuffer<float> Features { get; set; }

    public static IDataView View(MLContext ml, SparseRow[] rows, int size)
    {
        var schema = SchemaDefinition.Create(typeof(SparseRow));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, size);
        return ml.Data.LoadFromEnumerable(rows, schema);
    }
}
