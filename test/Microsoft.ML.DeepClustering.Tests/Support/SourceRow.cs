using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Tests.Support;

/// <summary>A row that says which one it is, of three groups far from each other.</summary>
internal sealed class SourceRow
{
    [LoadColumn(0)]
    public float Id { get; set; }

    [LoadColumn(1)]
    public string Class { get; set; } = "";

    [LoadColumn(2, 3)]
    [VectorType(2)]
    public float[] Features { get; set; } = [];

    /// <summary>Rows whose class is the number of their group.</summary>
    public static SourceRow[] Make(int count = 300) => [.. Enumerable.Range(0, count).Select(i => new SourceRow
    {
        Id = i,
        Class = $"group {i % 3}",
        Features = [(i % 3) + (0.01f * (i % 7)), i % 3],
    })];
}

/// <summary>What is read of a scored <see cref="SourceRow"/>.</summary>
internal sealed class ClusteredRow
{
    public float Id { get; set; }

    public string Class { get; set; } = "";

    public float[] Features { get; set; } = [];

    public uint PredictedLabel { get; set; }

    public float[] Score { get; set; } = [];

    /// <summary>All rows of a scored view, in the order in which it gives them.</summary>
    public static ClusteredRow[] Read(MLContext ml, IDataView view) => [.. ml.Data.CreateEnumerable<ClusteredRow>(view, reuseRowObject: false)];
}

/// <summary>A deep model and ML.NET's own K-means, trained on the same rows, and the cluster that each of them gives each row.</summary>
internal sealed class SourceModels : IDisposable
{
    private readonly Dictionary<ITransformer, Dictionary<float, uint>> _right;

    public SourceModels()
    {
        var data = Ml.Data.LoadFromEnumerable(SourceRow.Make());
        var options = new AutoencoderKMeansOptions { NumberOfClusters = 3, PretrainingEpochs = 10, BatchSize = 50, ScoringBatchSize = 64, Seed = 3 };
        Deep = Ml.Clustering.Trainers.AutoencoderKMeans(options).Fit(data);
        KMeans = Ml.Clustering.Trainers.KMeans("Features", numberOfClusters: 3).Fit(data);
        _right = new ITransformer[] { Deep, KMeans }.ToDictionary(
            m => m, m => ClusteredRow.Read(Ml, m.Transform(data)).ToDictionary(r => r.Id, r => r.PredictedLabel));
        Assert.AreEqual(3, _right[Deep].Values.Distinct().Count(), "The groups are to be told apart.");
    }

    public MLContext Ml { get; } = new(seed: 1);

    public DeepClusteringTransformer Deep { get; }

    public ITransformer KMeans { get; }

    /// <summary>Holds that each row has the cluster that the model gives it.</summary>
    public void HaveTheirOwnClusters(ITransformer model, IEnumerable<ClusteredRow> rows)
    {
        foreach (var row in rows)
            Assert.AreEqual(_right[model][row.Id], row.PredictedLabel, $"Row {row.Id} has another row's cluster.");
    }

    public void Dispose() => Deep.Dispose();
}
