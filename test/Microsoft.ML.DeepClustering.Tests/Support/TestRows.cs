using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Tests.Support;

/// <summary>A row of small, labelled data.</summary>
internal sealed class TestRow
{
    public float[] Features { get; set; } = [];

    public float Label { get; set; }

    public string Name { get; set; } = "";
}

/// <summary>All columns that a trainer adds, and those that it must pass through.</summary>
internal sealed class ScoredTestRow
{
    public float[] Features { get; set; } = [];

    public float Label { get; set; }

    public string Name { get; set; } = "";

    [KeyType(3)]
    public uint PredictedLabel { get; set; }

    public float[] Score { get; set; } = [];

    public float[] Probability { get; set; } = [];

    public float[] Embedding { get; set; } = [];
}

/// <summary>Three well separated kinds of small images or vectors.</summary>
internal static class TestRows
{
    public const int Side = 24;

    public const int Clusters = 3;

    public static TestRow[] Make(int count, int size = Side * Side, int seed = 7)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(i =>
        {
            var kind = i % Clusters;
            var features = new float[size];
            for (var j = 0; j < size; j++)
                features[j] = (j * Clusters / size == kind ? 1f : -1f) + 0.3f * (float)(random.NextDouble() - 0.5);
            return new TestRow { Features = features, Label = kind, Name = $"row {i}" };
        }).ToArray();
    }

    /// <summary>As images of dimensions (1, 24, 24), or as flat vectors.</summary>
    public static IDataView View(MLContext ml, TestRow[] rows, bool images)
        => ml.Data.LoadFromEnumerable(rows, Schema(images ? [1, Side, Side] : [rows[0].Features.Length]));

    public static SchemaDefinition Schema(params int[] dimensions)
    {
        var schema = SchemaDefinition.Create(typeof(TestRow));
        schema[nameof(TestRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, dimensions);
        return schema;
    }

    public static ScoredTestRow[] Scored(MLContext ml, IDataView view)
        => ml.Data.CreateEnumerable<ScoredTestRow>(view, reuseRowObject: false).ToArray();
}
