using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Centroids;

/// <summary>k-means on weighted points, by vector instructions and by matrix products.</summary>
[TestClass]
public sealed class WeightedKMeansTests
{
    private const int Points = 203;
    private const int Clusters = 4;

    private static readonly long[] _copies = [.. Enumerable.Range(0, Points).Select(i => 1L + i * i % 5)];

    public static IEnumerable<object[]> Kinds => [[false, ScalarType.Float64], [false, ScalarType.Float32], [true, ScalarType.Float64]];

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Lloyd_PointsOfWholeWeights_AreAsGoodAsSoManyPoints(bool byProducts, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var points = TestTensors.Noise(Points, 3).to(type);
        var start = points.narrow(0, 0, Clusters);
        var weighted = Create(byProducts, points, Weights(type)).Lloyd(start, default);
        var copied = Create(byProducts, points.repeat_interleave(tensor(_copies), 0), null).Lloyd(start, default);
        var tolerance = type == ScalarType.Float64 ? 1e-9 : 1e-4;
        TestTensors.AreClose(TestTensors.Values(copied.Centroids), weighted.Centroids, tolerance);
        TestTensors.AreClose(TestTensors.Values(copied.Labels), weighted.Labels.repeat_interleave(tensor(_copies), 0), 0);
        Assert.AreEqual(copied.Inertia, weighted.Inertia, tolerance * copied.Inertia);
        Assert.AreNotEqual(TestTensors.Values(Create(byProducts, points, null).Lloyd(start, default).Centroids)[0], TestTensors.Values(weighted.Centroids)[0], 1e-3);
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Lloyd_Centroids_AreTheWeightedMeans(bool byProducts, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var points = TestTensors.Noise(Points, 3).to(type);
        var result = Create(byProducts, points, Weights(type)).Lloyd(points.narrow(0, 0, Clusters), default);
        var (rows, labels, found) = (TestTensors.Values(points).Chunk(3).ToArray(), TestTensors.Values(result.Labels), TestTensors.Values(result.Centroids).Chunk(3).ToArray());
        for (var j = 0; j < Clusters; j++)
        {
            var own = Enumerable.Range(0, Points).Where(i => labels[i] == j).ToArray();
            for (var d = 0; d < 3; d++)
                Assert.AreEqual(own.Sum(i => _copies[i] * rows[i][d]) / own.Sum(i => _copies[i]), found[j][d], 1e-5);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Seeds_ManyDraws_FollowTheWeights(bool byProducts, ScalarType type)
    {
        using var scope = NewDisposeScope();
        // Points 0 to 3: the first seed is drawn by the weights alone.
        var points = tensor(new[] { 0.0, 1, 2, 3 }).unsqueeze(1).to(type);
        var drawn = Create(byProducts, points, tensor(new[] { 1.0, 5, 3, 1 }).to(type));
        using var generator = new Generator(1);
        var counts = new int[4];
        for (var i = 0; i < 2000; i++)
        {
            using var inner = NewDisposeScope();
            counts[(int)TestTensors.Values(drawn.Seeds(1, generator))[0]]++;
        }

        // Three standard deviations of 2,000 draws are at most .034.
        foreach (var (expected, count) in new[] { 0.1, 0.5, 0.3, 0.1 }.Zip(counts))
            Assert.AreEqual(expected, count / 2000.0, 0.034);
    }

    [TestMethod]
    public void Run_EqualWeights_ChangeNothing()
    {
        using var scope = NewDisposeScope();
        var points = TestTensors.Noise(Points, 3).to(ScalarType.Float32);
        var results = new[] { null, ones(Points, dtype: ScalarType.Float32) }.Select(weights =>
        {
            using var generator = new Generator(1);
            return KMeans.Run(points, Clusters, 3, generator, weights: weights);
        }).ToArray();
        TestTensors.AreClose(TestTensors.Values(results[0].Centroids), results[1].Centroids, 0);
        TestTensors.AreClose(TestTensors.Values(results[0].Labels), results[1].Labels, 0);
        Assert.AreEqual(results[0].Inertia, results[1].Inertia);
    }

    [TestMethod]
    public void Run_ManyWeightedPoints_IsTheSameOnMoreThreads()
    {
        using var scope = NewDisposeScope();
        var points = TestTensors.Noise(20_000, 3).to(ScalarType.Float32);
        var weights = TestTensors.Noise(20_000).Plus(1).to(ScalarType.Float32);
        var results = new[] { 1, 3 }.Select(threads =>
        {
            using var count = new ThreadCount(threads);
            using var generator = new Generator(1);
            return KMeans.Run(points, 6, 2, generator, weights: weights);
        }).ToArray();
        TestTensors.AreClose(TestTensors.Values(results[0].Centroids), results[1].Centroids, 0);
        Assert.AreEqual(results[0].Inertia, results[1].Inertia);
    }

    private static Tensor Weights(ScalarType type) => tensor(_copies.Select(c => (double)c).ToArray()).to(type);

    private static KMeansPoints Create(bool byProducts, Tensor points, Tensor? weights)
        => byProducts ? new DevicePoints(points, weights) : KMeansPoints.Create(points, zeros(points.shape[1], dtype: points.dtype), weights);
}
