using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Metrics;
using Microsoft.ML.DeepClustering.Metrics.Embedding;
using Microsoft.ML.DeepClustering.Tests.Support;
using TorchSharp;

namespace Microsoft.ML.DeepClustering.Tests.Metrics;

/// <summary>Evaluation of a column of embeddings; the numbers themselves are in <see cref="MeasureCaseTests"/>.</summary>
[TestClass]
public sealed class EvaluateEmbeddingTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Evaluate_MoreRowsThanABlock_EqualsTheMeasuresAtOnce()
    {
        var rows = Rows(10_000);

        var metrics = Evaluate(rows);

        var (_, daviesBouldin, calinskiHarabasz) = AtOnce(rows);
        Assert.AreEqual(daviesBouldin, metrics.DaviesBouldinIndex, 1e-10);
        Assert.AreEqual(calinskiHarabasz, metrics.CalinskiHarabaszIndex, 1e-7);
        Assert.AreEqual("Embedding", metrics.EmbeddingColumnName);
    }

    [TestMethod]
    public void Evaluate_RowsSortedByCluster_EqualsTheMeasuresAtOnce()
    {
        // The first block has one cluster only; the others come later.
        var rows = Rows(9000).OrderBy(row => row.Cluster).ToArray();

        var metrics = Evaluate(rows);

        Assert.AreEqual(AtOnce(rows).DaviesBouldin, metrics.DaviesBouldinIndex, 1e-10);
        Assert.AreEqual(AtOnce(rows).CalinskiHarabasz, metrics.CalinskiHarabaszIndex, 1e-7);
    }

    [TestMethod]
    public void Evaluate_EmbeddingsBeyondMemory_GivesTheSameFromDisk()
    {
        var rows = Rows(10_000);
        rows[17].Embedding[0] = float.NaN;
        rows[18].Cluster = 0;
        var view = View(rows);

        var inMemory = new DeepClusteringEvaluator(new()).Evaluate(view);
        foreach (var most in new[] { 0, 20_000 })
        {
            var fromDisk = new DeepClusteringEvaluator(new()) { MaximumValuesInMemory = most }.Evaluate(view);

            CollectionAssert.AreEqual(Values(inMemory), Values(fromDisk));
        }
    }

    [TestMethod]
    public void Evaluate_ClusterWithoutFiniteEmbedding_IsSkipped()
    {
        var rows = Rows(50);
        foreach (var row in rows.Where(row => row.Cluster == 2))
            row.Embedding[1] = float.PositiveInfinity;
        var others = rows.Where(row => row.Cluster != 2).ToArray();

        var metrics = new DeepClusteringEvaluator(new()) { MaximumValuesInMemory = 0 }.Evaluate(View(rows));

        CollectionAssert.AreEqual(Values(Evaluate(others)), Values(metrics));
        Assert.AreEqual(50 - others.Length, metrics.RowsWithoutEmbedding);
    }

    [TestMethod]
    public void Evaluate_SourceThatCanBeReadOnce_IsReadOnce()
    {
        var readings = 0;

        var metrics = new DeepClusteringEvaluator(new()) { MaximumValuesInMemory = 0 }.Evaluate(_ml.Data.LoadFromEnumerable(Once()));

        CollectionAssert.AreEqual(Values(Evaluate(Rows(100))), Values(metrics));
        Assert.AreEqual(1, readings);

        IEnumerable<EmbeddedRow> Once()
        {
            readings++;
            foreach (var row in Rows(100))
                yield return row;
        }
    }

    [TestMethod]
    public void Evaluate_RowsNotFinite_AreLeftOutAndCounted()
    {
        var rows = Rows(60);
        rows[5].Embedding[0] = float.NaN;
        rows[40].Embedding[2] = float.NegativeInfinity;

        var metrics = Evaluate(rows);

        CollectionAssert.AreEqual(Values(Evaluate([.. rows.Where((_, i) => i is not (5 or 40))])), Values(metrics));
        Assert.AreEqual(2, metrics.RowsWithoutEmbedding);
        Assert.AreEqual(58, metrics.SilhouetteRowCount);
        Assert.AreEqual(60, metrics.ClusterSizes.Sum());
        StringAssert.Contains(metrics.Warnings.Single(), "2 rows have a value in column 'Embedding' that is not finite");
    }

    [TestMethod]
    public void Evaluate_NoRowFinite_IsNaN()
    {
        var rows = Rows(10);
        foreach (var row in rows)
            row.Embedding[0] = float.NaN;

        var metrics = Evaluate(rows);

        Assert.IsTrue(Values(metrics).All(double.IsNaN));
        Assert.AreEqual(10, metrics.RowsWithoutEmbedding);
        Assert.AreEqual(0, metrics.SilhouetteRowCount);
        Assert.AreEqual("Embedding", metrics.EmbeddingColumnName);
    }

    [TestMethod]
    public void Evaluate_RowsWithoutPrediction_AreLeftOut()
    {
        var rows = Rows(60);
        rows[5].Cluster = 0;
        rows[5].Embedding[0] = float.NaN;

        var metrics = Evaluate(rows);

        CollectionAssert.AreEqual(Values(Evaluate([.. rows.Where((_, i) => i != 5)])), Values(metrics));
        Assert.AreEqual(0, metrics.RowsWithoutEmbedding);
    }

    [TestMethod]
    public void Evaluate_RowsWithoutLabel_CountForTheEmbedding()
    {
        var (labelled, unlabelled) = (Rows(60), Rows(60));
        foreach (var row in unlabelled)
            row.Label = float.NaN;

        CollectionAssert.AreEqual(Values(Evaluate(labelled)), Values(Evaluate(unlabelled)));
    }

    [TestMethod]
    public void Evaluate_MoreRowsThanSilhouetteRowCount_TakesTheSeededSample()
    {
        var rows = Rows(3000);
        var (embeddings, clusters) = Tensors(rows);
        double AtOnceSample(int seed) => Silhouette.ComputeSample(embeddings, clusters, 5, seed, 700);
        DeepClusteringMetrics Sampled(int seed) => Evaluate(rows, new() { SilhouetteRowCount = 700, Seed = seed });

        Assert.AreEqual(700, Sampled(3).SilhouetteRowCount);
        Assert.AreEqual(AtOnceSample(3), Sampled(3).Silhouette, 1e-12);
        Assert.AreEqual(Sampled(3).Silhouette, Sampled(3).Silhouette);
        Assert.AreNotEqual(Sampled(3).Silhouette, Sampled(4).Silhouette);
        Assert.AreEqual(Evaluate(rows).DaviesBouldinIndex, Sampled(3).DaviesBouldinIndex);
    }

    [TestMethod]
    public void Evaluate_RowsUpToSilhouetteRowCount_TakesAll()
    {
        var rows = Rows(700);

        var metrics = Evaluate(rows, new() { SilhouetteRowCount = 700, Seed = 5 });

        Assert.AreEqual(AtOnce(rows).Silhouette, metrics.Silhouette, 1e-12);
        Assert.AreEqual(700, metrics.SilhouetteRowCount);
    }

    [TestMethod]
    public void Evaluate_SilhouetteRowCountZero_LeavesItOut()
    {
        var metrics = Evaluate(Rows(100), new() { SilhouetteRowCount = 0 });

        Assert.IsTrue(double.IsNaN(metrics.Silhouette));
        Assert.AreEqual(0, metrics.SilhouetteRowCount);
        Assert.AreEqual(AtOnce(Rows(100)).DaviesBouldin, metrics.DaviesBouldinIndex, 1e-12);
    }

    [TestMethod]
    public void Evaluate_NoEmbeddingColumn_IsNaN()
    {
        var view = _ml.Data.LoadFromEnumerable(new[] { new PlainRow { Cluster = 1 }, new PlainRow { Cluster = 2 } });

        HasNoEmbedding(_ml.Clustering.EvaluateDeepClustering(view));
    }

    [TestMethod]
    public void Evaluate_ColumnEmbeddingOfAnotherType_IsIgnored()
    {
        HasNoEmbedding(_ml.Clustering.EvaluateDeepClustering(_ml.Data.LoadFromEnumerable(new[] { new Row<float>() })));
        HasNoEmbedding(_ml.Clustering.EvaluateDeepClustering(_ml.Data.LoadFromEnumerable(new[] { new Row<float[]> { Embedding = [1, 2] } })));
    }

    [TestMethod]
    public void Evaluate_NamedEmbeddingMissing_SaysWhichThereAre()
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Evaluate(Rows(9), new() { EmbeddingColumnName = "Features" }));

        Assert.AreEqual("embeddingColumnName", error.ParamName);
        StringAssert.Contains(error.Message, "no column 'Features', only: ");
    }

    [TestMethod]
    public void Evaluate_NamedEmbeddingOfAnotherType_SaysItsType()
    {
        var scalar = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Evaluate(Rows(9), new() { EmbeddingColumnName = "Label" }));
        StringAssert.Contains(scalar.Message, "'Label' has the type Single");

        var view = _ml.Data.LoadFromEnumerable(new[] { new Row<float[]> { Embedding = [1, 2] } });
        var unknownSize = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => _ml.Clustering.EvaluateDeepClustering(view, new DeepClusteringEvaluationOptions { EmbeddingColumnName = "Embedding" }));
        StringAssert.Contains(unknownSize.Message, "known size of Single");
    }

    [TestMethod]
    public void Evaluate_RowOfAnotherLength_SaysSo()
    {
        var rows = Rows(9);
        rows[4].Embedding = [1, 2];

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Evaluate(rows));

        StringAssert.Contains(error.Message, "has 2 values");
    }

    [TestMethod]
    public void Evaluate_KMeansOutput_IsMeasuredInItsFeatures()
    {
        var random = new Random(2);
        var rows = Enumerable.Range(0, 300)
            .Select(i => new KMeansRow { Features = [(10 * (i % 3)) + random.NextSingle(), random.NextSingle()] }).ToList();
        var data = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(rows));
        var scored = _ml.Clustering.Trainers.KMeans(numberOfClusters: 3).Fit(data).Transform(data);

        var metrics = _ml.Clustering.EvaluateDeepClustering(
            scored, new DeepClusteringEvaluationOptions { LabelColumnName = null, EmbeddingColumnName = "Features" });

        var embeddings = torch.tensor(rows.SelectMany(row => row.Features).ToArray(), [300, 2]);
        var blobs = torch.tensor(Enumerable.Range(0, 300).Select(i => (long)i % 3).ToArray());
        Assert.AreEqual(Silhouette.Compute(embeddings, blobs, 3), metrics.Silhouette, 1e-10);
        Assert.AreEqual(DaviesBouldinIndex.Compute(embeddings, blobs, 3), metrics.DaviesBouldinIndex, 1e-10);
        Assert.IsGreaterThan(0.9, metrics.Silhouette);
        // ML.NET's own index is the same where no cluster is empty.
        var own = _ml.Clustering.Evaluate(scored, labelColumnName: null, featureColumnName: "Features");
        Assert.AreEqual(own.DaviesBouldinIndex, metrics.DaviesBouldinIndex, 1e-3);
        HasNoEmbedding(_ml.Clustering.EvaluateDeepClustering(scored, labelColumnName: null));
    }

    private static void HasNoEmbedding(DeepClusteringMetrics metrics)
    {
        foreach (var value in Values(metrics))
            Assert.IsTrue(double.IsNaN(value));
        Assert.IsNull(metrics.EmbeddingColumnName);
        Assert.AreEqual(0, metrics.SilhouetteRowCount);
        Assert.AreEqual(0, metrics.RowsWithoutEmbedding);
    }

    private DeepClusteringMetrics Evaluate(EmbeddedRow[] rows, DeepClusteringEvaluationOptions? options = null)
        => _ml.Clustering.EvaluateDeepClustering(View(rows), options ?? new());

    private IDataView View(EmbeddedRow[] rows) => _ml.Data.LoadFromEnumerable(rows);

    /// <summary>Five overlapping clusters of different sizes, far from the origin.</summary>
    private static EmbeddedRow[] Rows(int count)
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, count).Select(i => (uint)Math.Sqrt(i * 7 % 25)).Select(cluster => new EmbeddedRow
        {
            Cluster = cluster + 1,
            Embedding = [1000 + cluster + random.NextSingle(), (2 * random.NextSingle()) - cluster, 3 * random.NextSingle()],
        })];
    }

    private static double[] Values(DeepClusteringMetrics metrics) => [metrics.Silhouette, metrics.DaviesBouldinIndex, metrics.CalinskiHarabaszIndex];

    private static (double Silhouette, double DaviesBouldin, double CalinskiHarabasz) AtOnce(EmbeddedRow[] rows)
    {
        var (embeddings, clusters) = Tensors(rows);
        return (
            rows.Length > 1000 ? double.NaN : Silhouette.Compute(embeddings, clusters, 5),
            DaviesBouldinIndex.Compute(embeddings, clusters, 5),
            CalinskiHarabaszIndex.Compute(embeddings, clusters, 5));
    }

    private static (torch.Tensor Embeddings, torch.Tensor Clusters) Tensors(EmbeddedRow[] rows) => (
        torch.tensor(rows.SelectMany(row => row.Embedding).ToArray(), [rows.Length, 3]),
        torch.tensor(rows.Select(row => (long)row.Cluster - 1).ToArray()));

    internal class PlainRow
    {
        public float Label { get; set; }

        /// <summary>1 to 5, or 0 for none.</summary>
        [NoColumn]
        public uint Cluster { get; set; }

        [KeyType(5)]
        public uint PredictedLabel => KeyMember.Of(Cluster);
    }

    internal sealed class EmbeddedRow : PlainRow
    {
        [VectorType(3)]
        public float[] Embedding { get; set; } = [];
    }

    internal sealed class Row<T> : PlainRow
    {
        public T Embedding { get; set; } = default!;
    }

    internal sealed class KMeansRow
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }
}
