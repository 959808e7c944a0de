using Microsoft.ML.DeepClustering.Metrics.Embedding;
using Microsoft.ML.DeepClustering.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Metrics.Embedding;

/// <summary>Against plain loops; numbers from scikit-learn are compared in <see cref="MeasureCaseTests"/>.</summary>
[TestClass]
public sealed class SilhouetteTests
{
    private readonly DisposeScope _scope = NewDisposeScope();

    [TestCleanup]
    public void Close() => _scope.Dispose();

    [TestMethod]
    public void Compute_ExampleOfItsDocumentation_IsWhatItSays()
        => Assert.AreEqual(((10.5 - 1) / 10.5 + (9.5 - 1) / 9.5) / 2, Silhouette.Compute(tensor(new double[,] { { 0 }, { 1 }, { 10 }, { 11 } }), NaiveMeasures.Numbers([0, 0, 1, 1]), 2), 1e-12);

    [TestMethod]
    [DataRow(2)]
    [DataRow(17)]
    public void Compute_ManyBlocks_EqualsNaiveLoop(int size)
    {
        // A block has 2^22 / n rows: three blocks, the last not full.
        var (points, clusters) = NaiveMeasures.Data(3000, size);

        Assert.AreEqual(NaiveMeasures.Silhouette(NaiveMeasures.Rows(points), clusters), Silhouette.Compute(points, NaiveMeasures.Numbers(clusters), NaiveMeasures.Clusters), 1e-10);
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(17)]
    public void Compute_MeansOfClusters_AreThoseOfTheirPoints(int size)
    {
        // Clusters 1, 3 and 6 of 8; the mean over the points is theirs, weighted by their sizes.
        var points = NaiveMeasures.Data(3000, size).Points;
        int[] present = [1, 3, 6], clusters = [.. Enumerable.Range(0, 3000).Select(i => present[i % 5 % 3])];

        var silhouette = Silhouette.Compute(points, NaiveMeasures.Numbers(clusters), 8, out var means);

        Assert.HasCount(8, means);
        foreach (var cluster in Enumerable.Range(0, 8).Except(present))
            Assert.IsTrue(double.IsNaN(means[cluster]));
        Assert.AreEqual(silhouette, present.Sum(c => means[c] * clusters.Count(other => other == c)) / 3000, 1e-10);
        Assert.HasCount(3, present.Select(c => means[c]).ToHashSet());
    }

    [TestMethod]
    public void Compute_MeansOfClustersOfItsExample_AreWhatTheyAre()
    {
        _ = Silhouette.Compute(tensor(new double[,] { { 0 }, { 1 }, { 10 }, { 11 }, { 20 } }), NaiveMeasures.Numbers([0, 0, 2, 2, 3]), 4, out var means);
        CollectionAssert.AreEqual(new[] { ((10.5 - 1) / 10.5 + (9.5 - 1) / 9.5) / 2, double.NaN, ((9.5 - 1) / 9.5 + (9.0 - 1) / 9) / 2, 0 }, means, Comparer<object>.Create(
            (a, b) => double.IsNaN((double)a) ? double.IsNaN((double)b) ? 0 : 1 : Math.Abs((double)a - (double)b) < 1e-12 ? 0 : 1));
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(1e3)]
    [DataRow(1e9)]
    public void Compute_FarOutlier_EqualsNaiveLoop(double distance)
    {
        var (points, clusters) = NaiveMeasures.Data(100, 40);
        points = points.index_copy(0, tensor(new[] { 7L }), tensor(Enumerable.Repeat(distance, 40).ToArray(), [1L, 40]));

        Assert.AreEqual(NaiveMeasures.Silhouette(NaiveMeasures.Rows(points), clusters), Silhouette.Compute(points, NaiveMeasures.Numbers(clusters), NaiveMeasures.Clusters), 1e-10);
    }

    [TestMethod]
    [DataRow(1e-3)]
    [DataRow(1e-6)]
    [DataRow(1e-9)]
    [DataRow(0.0)]
    public void Compute_TightClustersOfManyValues_EqualsNaiveLoop(double width)
    {
        // Two tight clusters near each other, two far away: products alone lose the distance of the near ones.
        var clusters = Enumerable.Range(0, 80).Select(i => i % 4).ToArray();
        var centres = new[] { 0, width, 1, -2 };
        var points = tensor(clusters.Select(c => centres[c]).ToArray()).unsqueeze(1).Plus(TestTensors.Noise(80, 40).Times(width));

        Assert.AreEqual(NaiveMeasures.Silhouette(NaiveMeasures.Rows(points), clusters), Silhouette.Compute(points, NaiveMeasures.Numbers(clusters), 4), 1e-6);
    }

    [TestMethod]
    public void ComputeSample_FewerRowsThanTheLimit_IsExact()
    {
        var (points, clusters) = NaiveMeasures.Data(200, 3);
        var exact = Silhouette.Compute(points, NaiveMeasures.Numbers(clusters), NaiveMeasures.Clusters);

        Assert.AreEqual(exact, Silhouette.ComputeSample(points, NaiveMeasures.Numbers(clusters), NaiveMeasures.Clusters, seed: 1, maximumPoints: 200));
        Assert.AreEqual(exact, Silhouette.ComputeSample(points, NaiveMeasures.Numbers(clusters), NaiveMeasures.Clusters, seed: 1));
    }

    [TestMethod]
    public void ComputeSample_MoreRowsThanTheLimit_IsThatOfTheRowsDrawn()
    {
        var (points, clusters) = NaiveMeasures.Data(2000, 3);
        double Sample(int seed) => Silhouette.ComputeSample(points, NaiveMeasures.Numbers(clusters), NaiveMeasures.Clusters, seed, maximumPoints: 500);
        var drawn = RowReservoir.Draw(2000, 500, seed: 3);

        Assert.AreEqual(NaiveMeasures.Silhouette([.. drawn.Select(i => NaiveMeasures.Rows(points)[i])], [.. drawn.Select(i => clusters[i])]), Sample(3), 1e-10);
        Assert.AreEqual(Sample(3), Sample(3));
        Assert.AreNotEqual(Sample(3), Sample(4));
        Assert.AreEqual(Silhouette.Compute(points, NaiveMeasures.Numbers(clusters), NaiveMeasures.Clusters), Sample(3), 0.02);
    }
}
