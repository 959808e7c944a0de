using Microsoft.ML.DeepClustering.Metrics.Embedding;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Metrics.Embedding;

/// <summary>All three measures against plain loops and by their invariances; numbers from scikit-learn are compared in <see cref="MeasureCaseTests"/>.</summary>
[TestClass]
public sealed class EmbeddingMeasuresTests
{
    private readonly DisposeScope _scope = NewDisposeScope();

    [TestCleanup]
    public void Close() => _scope.Dispose();

    [TestMethod]
    [DataRow(3)]
    [DataRow(40)]
    public void Measures_AgainstNaiveLoops_AreTheSame(int size)
    {
        var (points, clusters) = NaiveMeasures.Data(300, size);
        var rows = NaiveMeasures.Rows(points);

        AreEqual([NaiveMeasures.Silhouette(rows, clusters), NaiveMeasures.DaviesBouldin(rows, clusters), NaiveMeasures.CalinskiHarabasz(rows, clusters)], All(points, clusters), 1e-10);
    }

    [TestMethod]
    public void Measures_ClustersRenamed_AreTheSame()
    {
        var (points, clusters) = NaiveMeasures.Data(200, 3);

        AreEqual(All(points, clusters), All(points, clusters.Select(c => 4 - c).ToArray()), 1e-12);
    }

    [TestMethod]
    public void Measures_EmptyClusters_AreSkipped()
    {
        var (points, clusters) = NaiveMeasures.Data(200, 3);

        AreEqual(All(points, clusters), All(points, clusters.Select(c => (3 * c) + 2).ToArray(), 40), 1e-12);
    }

    [TestMethod]
    public void Measures_RowsPermuted_AreTheSame()
    {
        var (points, clusters) = NaiveMeasures.Data(200, 3);
        var order = Enumerable.Range(0, 200).Select(i => (long)i * 77 % 200).ToArray();

        AreEqual(All(points, clusters), All(points.index_select(0, tensor(order)), order.Select(i => clusters[i]).ToArray()), 1e-12);
    }

    [TestMethod]
    [DataRow(0.0, 1e-30)]
    [DataRow(0.0, 1e30)]
    [DataRow(1e6, 1.0)]
    [DataRow(-1e8, 1.0)]
    [DataRow(3.0, -2.0)]
    public void Measures_EmbeddingShiftedAndScaled_AreTheSame(double shift, double scale)
    {
        var (points, clusters) = NaiveMeasures.Data(200, 3);

        // The shift rounds the points themselves to 1e-16 of it.
        AreEqual(All(points, clusters), All(points * scale + shift, clusters), 1e-6);
    }

    [TestMethod]
    [DataRow(3)]
    [DataRow(40)]
    public void Measures_FarFromTheOrigin_LoseNoDigits(int size)
    {
        // Multiples of 2^-10, which 2^40 more of does not round.
        var (points, clusters) = NaiveMeasures.Data(200, size);
        points = (points * 1024.0).round() / 1024.0;

        AreEqual(All(points, clusters), All(points + Math.Pow(2, 40), clusters), 1e-10);
    }

    [TestMethod]
    public void Measures_EmbeddingWithNaN_AreNaN()
    {
        var (points, clusters) = NaiveMeasures.Data(50, 3);
        var broken = points.index_copy(0, tensor(new[] { 7L }), full(new[] { 1L, 3L }, double.NaN, dtype: ScalarType.Float64));

        foreach (var value in All(broken, clusters))
            Assert.IsTrue(double.IsNaN(value));
    }

    [TestMethod]
    public void Measures_NoRows_AreNaN()
    {
        foreach (var value in All(zeros(new[] { 0L, 3L }), []))
            Assert.IsTrue(double.IsNaN(value));
    }

    [TestMethod]
    public void Measures_TensorsThatNeedGradients_LeaveNoGraphAndNoTensors()
    {
        var (points, clusters) = NaiveMeasures.Data(100, 3);
        var (parameter, numbers) = (new TorchSharp.Modules.Parameter(points), NaiveMeasures.Numbers(clusters));
        var before = _scope.DisposablesCount;

        Silhouette.Compute(parameter, numbers, NaiveMeasures.Clusters);
        Silhouette.ComputeSample(parameter, numbers, NaiveMeasures.Clusters, seed: 1, maximumPoints: 50);
        DaviesBouldinIndex.Compute(parameter, numbers, NaiveMeasures.Clusters);
        CalinskiHarabaszIndex.Compute(parameter, numbers, NaiveMeasures.Clusters);

        Assert.AreEqual(before, _scope.DisposablesCount);
    }

    private static double[] All(Tensor points, int[] clusters, int numberOfClusters = NaiveMeasures.Clusters) =>
    [
        Silhouette.Compute(points, NaiveMeasures.Numbers(clusters), numberOfClusters),
        DaviesBouldinIndex.Compute(points, NaiveMeasures.Numbers(clusters), numberOfClusters),
        CalinskiHarabaszIndex.Compute(points, NaiveMeasures.Numbers(clusters), numberOfClusters),
    ];

    private static void AreEqual(double[] expected, double[] actual, double tolerance)
    {
        Assert.HasCount(expected.Length, actual);
        for (var i = 0; i < expected.Length; i++)
            Assert.AreEqual(expected[i], actual[i], tolerance * Math.Max(1, Math.Abs(expected[i])), $"measure {i}");
    }
}
