using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Tests.Metrics;

/// <summary>K-means beside the clusters that are evaluated.</summary>
[TestClass]
public sealed class KMeansYardstickTests
{
    private const int Clusters = 3;

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Evaluate_FarApartFeaturesAndAnEmbeddingOfNoise_FindsTheOneAndWarnsOfTheOther()
    {
        var metrics = Evaluate(Rows(300));

        var (features, embedding) = (metrics.KMeansOfFeatures!, metrics.KMeansOfEmbedding!);
        Assert.AreEqual(("Features", 10, 1.0, 1.0, 1.0, 1.0), (features.ColumnName, features.NumberOfStarts, features.Accuracy, features.NormalizedMutualInformation, features.AdjustedRandIndex, features.Stability));
        Assert.AreEqual(("Embedding", 10), (embedding.ColumnName, embedding.NumberOfStarts));
        Assert.IsTrue(embedding is { Accuracy: < 0.5, NormalizedMutualInformation: < 0.1, AdjustedRandIndex: < 0.1, Stability: > 0 and < 0.9 }, embedding.ToString());
        StringAssert.StartsWith(metrics.Warnings.Single(), "The 10 starts of k-means agree less in column 'Embedding' (0.");
        StringAssert.Contains(metrics.Warnings.Single(), ") than in 'Features' (1.00): ");
    }

    [TestMethod]
    public void Evaluate_EmbeddingAsStableAsTheFeatures_WarnsOfNothing()
    {
        var rows = Rows(90);
        Array.ForEach(rows, r => r.Embedding = [r.Features[0], r.Features[1]]);

        Assert.IsEmpty(Evaluate(rows).Warnings);
    }

    [TestMethod]
    public void Evaluate_TheSameSeed_GivesTheSame_AndMLNetsKMeansIsNoBetter()
    {
        var rows = Rows(400, spread: 3);
        var view = View(rows);
        var scored = _ml.Clustering.Trainers.KMeans("Features", numberOfClusters: Clusters).Fit(view).Transform(_ml.Transforms.DropColumns("PredictedLabel").Fit(view).Transform(view));

        var metrics = Evaluate(scored);

        Assert.AreEqual(Evaluate(rows).KMeansOfFeatures, metrics.KMeansOfFeatures);
        Assert.AreEqual(metrics.NormalizedMutualInformation, metrics.KMeansOfFeatures!.NormalizedMutualInformation, 0.02);
        Assert.IsNull(Evaluate(scored, o => o.EmbeddingColumnName = "Features").KMeansOfEmbedding);
    }

    [TestMethod]
    public void Evaluate_NotAsked_ComparesNothing()
    {
        var metrics = Evaluate(Rows(30), o => o.CompareWithKMeans = false);

        Assert.IsNull(metrics.KMeansOfFeatures);
        Assert.IsNull(metrics.KMeansOfEmbedding);
        Assert.IsEmpty(metrics.Warnings);
    }

    [TestMethod]
    public void Evaluate_WithoutLabels_HasTheStabilityAlone()
    {
        var features = Evaluate(Rows(90), o => o.LabelColumnName = null).KMeansOfFeatures!;

        Assert.AreEqual((double.NaN, double.NaN, double.NaN, 1.0), (features.Accuracy, features.NormalizedMutualInformation, features.AdjustedRandIndex, features.Stability));
    }

    [TestMethod]
    public void Evaluate_RowsNotFiniteOrWithoutLabelOrPrediction_AreLeftOutWhereTheyCannotCount()
    {
        var rows = Rows(90);
        rows[3].Features[1] = float.NaN;
        rows[4].Label = float.NaN;
        rows[5].Cluster = 0;
        rows[5].Features[0] = float.PositiveInfinity;

        var features = Evaluate(rows).KMeansOfFeatures!;

        Assert.AreEqual((88L, 1.0), (features.RowCount, features.Accuracy));
    }

    [TestMethod]
    [DataRow(1e30f)]
    [DataRow(1e37f)]
    [DataRow(1e-24f)]
    [DataRow(1e-36f)]
    public void Evaluate_FeaturesOfAnyScale_FindsTheSame(float scale)
    {
        var rows = Rows(90);
        Array.ForEach(rows, r => r.Features = Array.ConvertAll(r.Features, f => f * scale));

        var features = Evaluate(rows).KMeansOfFeatures!;

        Assert.AreEqual((90L, 1.0, 1.0), (features.RowCount, features.Accuracy, features.Stability));
    }

    [TestMethod]
    public void Evaluate_EmbeddingThatHasCollapsed_IsNotStableAndSaysSo()
    {
        var rows = Rows(90);
        Array.ForEach(rows, r => r.Embedding = [1, r.Label > 1 ? 1 : 0]);

        var metrics = Evaluate(rows);

        Assert.AreEqual((1.0, double.NaN), (metrics.KMeansOfFeatures!.Stability, metrics.KMeansOfEmbedding!.Stability));
        StringAssert.StartsWith(metrics.Warnings.Single(), "K-means on column 'Embedding' leaves clusters without rows: of its 90 rows fewer differ than there are clusters (3); ");
    }

    [TestMethod]
    public void Evaluate_NoRowWithAPrediction_HasNone()
    {
        var rows = Rows(9);
        Array.ForEach(rows, r => r.Cluster = 0);

        Assert.IsNull(Evaluate(rows).KMeansOfFeatures);
    }

    [TestMethod]
    public void Evaluate_FewerRowsThanClusters_HasNone()
    {
        var rows = Rows(3);

        Assert.IsNotNull(Evaluate(rows).KMeansOfFeatures);
        Assert.IsNull(Evaluate([rows[0], rows[2]]).KMeansOfFeatures);
    }

    [TestMethod]
    public void Evaluate_NoSuchColumn_NamesIt()
    {
        var missing = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Evaluate(Rows(9), o => o.FeatureColumnName = "Values"));
        StringAssert.Contains(missing.Message, "The data has no column 'Values'");
        StringAssert.Contains(missing.Message, "or set CompareWithKMeans to false");
        var scalar = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Evaluate(Rows(9), o => o.FeatureColumnName = "Label"));
        StringAssert.Contains(scalar.Message, "Column 'Label' has the type Single; it must be a vector of known size of Single.");
        var empty = Assert.ThrowsExactly<ArgumentException>(() => Evaluate(Rows(9), o => o.FeatureColumnName = ""));
        StringAssert.Contains(empty.Message, "FeatureColumnName is \"\"; it must be the name of a column.");
    }

    private DeepClusteringMetrics Evaluate(Row[] rows, Action<DeepClusteringEvaluationOptions>? change = null) => Evaluate(View(rows), change);

    private DeepClusteringMetrics Evaluate(IDataView view, Action<DeepClusteringEvaluationOptions>? change = null)
    {
        var options = new DeepClusteringEvaluationOptions { LabelColumnName = "Label", CompareWithKMeans = true, Seed = 1 };
        change?.Invoke(options);
        return _ml.Clustering.EvaluateDeepClustering(view, options);
    }

    private IDataView View(Row[] rows) => _ml.Data.LoadFromEnumerable(rows);

    // Three Gaussians whose means are 10 apart, and embeddings that know nothing of them.
    private static Row[] Rows(int count, double spread = 0.5)
    {
        var random = new Random(1);
        return Enumerable.Range(0, count).Select(i => new Row
        {
            Features = [.. Enumerable.Range(0, Clusters).Select(j => (float)((j == i % Clusters ? 10 : 0) + spread * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5)))],
            Embedding = [.. Enumerable.Range(0, 2).Select(_ => (float)random.NextDouble())],
            Label = i % Clusters,
            Cluster = (uint)(i % Clusters) + 1,
        }).ToArray();
    }

    private sealed class Row
    {
        [VectorType(Clusters)]
        public float[] Features { get; set; } = [];

        [VectorType(2)]
        public float[] Embedding { get; set; } = [];

        public float Label { get; set; }

        [ColumnName("PredictedLabel")]
        public uint Cluster { get; set; }
    }
}
