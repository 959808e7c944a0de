using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Centroids;

/// <summary>AC-PIC from points to clusters.</summary>
[TestClass]
public sealed class PathIntegralClusteringTests
{
    private readonly Random _random = new(3);

    [TestMethod]
    public void Run_TwoRings_FindsThem()
    {
        using var scope = NewDisposeScope();
        // k-means parts them along a line.
        var points = Enumerable.Range(0, 600).Select(i => At(0, 0, i < 200 ? 1 : 2.2, i < 200 ? i / 200.0 : (i - 200) / 400.0, 0.05)).ToArray();
        AreClusters(PathIntegralClustering.Run(Points(points), 2), i => i < 200 ? 0 : 1);
    }

    [TestMethod]
    public void Run_ScaledTurnedShiftedOrReordered_FindsTheSame()
    {
        using var scope = NewDisposeScope();
        var points = Enumerable.Range(0, 240).Select(i => At(i % 4, 1.5 * (i % 4 / 2), 0.5, _random.NextDouble(), 0.1)).ToArray();
        var expected = PathIntegralClustering.Run(Points(points), 4)!;
        Assert.AreEqual(4, expected.Distinct().Count());
        var (sin, cos) = Math.SinCos(0.7);
        var moved = points.Select(p => new[] { 1e4 * (p[0] * cos - p[1] * sin) + 5e3, 1e4 * (p[0] * sin + p[1] * cos) - 3 }).ToArray();
        CollectionAssert.AreEqual(expected, PathIntegralClustering.Run(Points(moved), 4));
        var order = Enumerable.Range(0, 240).ToArray();
        _random.Shuffle(order);
        var reordered = PathIntegralClustering.Run(Points([.. order.Select(i => points[i])]), 4)!;
        Assert.AreEqual(4, order.Select((i, place) => (expected[i], reordered[place])).Distinct().Count());
    }

    [TestMethod]
    [DataRow(1, 0.0)]
    [DataRow(4, 0.0)]
    [DataRow(4, 1e-6)]
    [DataRow(4, 1e-3)]
    public void Run_RowsWithCopies_FindsTheSameAsWithout(int copies, double jitter)
    {
        using var scope = NewDisposeScope();
        // Discs, not far from each other.
        var points = Enumerable.Range(0, 600).Select(i => At(2.6 * (i % 3), 0, Math.Sqrt(_random.NextDouble()), _random.NextDouble(), 0)).ToArray();
        var copied = points.SelectMany(p => Enumerable.Range(0, copies).Select(_ => new[] { p[0] + jitter * _random.NextDouble(), p[1] })).ToArray();
        AreClusters(PathIntegralClustering.Run(Points(copied), 3), i => i / copies % 3);
    }

    [TestMethod]
    public void Run_Outliers_AreNoClusters()
    {
        using var scope = NewDisposeScope();
        // Two rings that are near each other, and five points far from them and from each other but for two.
        double[][] far = [[40, 40], [40, 41], [-30, 9], [9, -30], [-50, -50]];
        var points = Enumerable.Range(0, 200).Select(i => At(i < 100 ? 0 : 3.2, 0, 1, _random.NextDouble(), 0.1)).Concat(far).ToArray();
        var labels = PathIntegralClustering.Run(Points(points), 2)!;
        AreClusters(labels[..200], i => i < 100 ? 0 : 1);
        Assert.IsTrue(labels.All(l => l is 0 or 1));
        // At the nearest mean.
        CollectionAssert.AreEqual(new long[] { 1, 1, 0 }, labels[200..203]);
    }

    [TestMethod]
    public void Run_PairThatNoPathLeadsTo_IsNamedAndGoesToTheNearestMean()
    {
        using var scope = NewDisposeScope();
        // Discs so near to each other that some paths lead from one to the other.
        var discs = Enumerable.Range(0, 600).Select(i => At(i < 300 ? 0 : 2.15, 0, Math.Sqrt(_random.NextDouble()), _random.NextDouble(), 0));
        var points = discs.Concat([[1000, 0], [1000, 0.01]]).ToArray();
        var lines = new List<string>();
        var labels = PathIntegralClustering.Run(Points(points), 2, lines.Add)!;
        AreClusters(labels[..600], i => i < 300 ? 0 : 1);
        CollectionAssert.AreEqual(new long[] { 1, 1 }, labels[600..]);
        Assert.HasCount(1, lines);
        StringAssert.StartsWith(lines[0], "2 of 602 rows are in groups of at most 20 rows");
    }

    [TestMethod]
    public void Run_TooFewGroupsOfSomeSize_CountsSmallOnesAndSaysSo()
    {
        using var scope = NewDisposeScope();
        (int Count, double X, double Y)[] groups = [(21, 0, 0), (5, 40, 0), (4, 0, 40), (2, -40, 0)];
        var points = groups.SelectMany(g => Enumerable.Range(0, g.Count).Select(_ => At(g.X, g.Y, 1, _random.NextDouble(), 0.1))).ToArray();
        var lines = new List<string>();
        var labels = PathIntegralClustering.Run(Points(points), 4, lines.Add)!;
        CollectionAssert.AreEqual(new[] { 21, 5, 4, 2 }, Enumerable.Range(0, 4).Select(c => labels.Count(l => l == c)).ToArray());
        Assert.HasCount(1, lines);
        Assert.AreEqual("There are no 4 groups of more than 4 rows; smaller ones are clusters too, the smallest of 2.", lines[0]);
    }

    [TestMethod]
    public void Run_MorePartsThanClusters_IsNull()
    {
        using var scope = NewDisposeScope();
        var points = Enumerable.Range(0, 300).Select(i => At(100 * (i % 3), 0, 1, _random.NextDouble(), 0.1)).ToArray();
        Assert.IsNull(PathIntegralClustering.Run(Points(points), 2));
        AreClusters(PathIntegralClustering.Run(Points(points), 3, line => Assert.Fail(line)), i => i % 3);
    }

    [TestMethod]
    public void Run_TooManyPoints_IsNullAtOnce()
    {
        using var scope = NewDisposeScope();
        Assert.IsNull(PathIntegralClustering.Run(zeros(new[] { PathIntegralClustering.MostPoints + 1L, 2L }), 2));
    }

    [TestMethod]
    [DataRow(2, 2)]
    [DataRow(3, 2)]
    [DataRow(30, 2)]
    [DataRow(30, 30)]
    public void Run_EqualOrFewPoints_GivesClustersOrNone(int count, int clusters)
    {
        using var scope = NewDisposeScope();
        foreach (var points in new[] { zeros(new[] { count, 3L }), TestTensors.Noise(count, 3).to(ScalarType.Float32), Arithmetic.Numbers(count, CPU).to(ScalarType.Float32).unsqueeze(1).Squared().Squared().Squared() })
        {
            if (PathIntegralClustering.Run(points, clusters) is { } labels)
                CollectionAssert.AreEqual(Enumerable.Range(0, clusters).Select(c => (long)c).ToArray(), labels.Distinct().Order().ToArray());
        }
    }

    [TestMethod]
    public void Run_Often_LeavesNoTensors()
    {
        using var scope = NewDisposeScope();
        var points = TestTensors.Noise(80, 2);
        _ = PathIntegralClustering.Run(points, 3);
        var before = NativeTensors.Live;
        for (var i = 0; i < 3; i++)
            _ = PathIntegralClustering.Run(points, 3);
        Assert.AreEqual(before, NativeTensors.Live);
    }

    [TestMethod]
    public void Run_Cancelled_Ends()
    {
        using var scope = NewDisposeScope();
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsExactly<OperationCanceledException>(() => PathIntegralClustering.Run(TestTensors.Noise(80, 2), 3, cancellation: source.Token));
    }

    [TestMethod]
    public void Means_WeightedPoints_CountSoManyTimes()
    {
        using var scope = NewDisposeScope();
        var points = tensor(new[] { 1f, 2, 3, 10, 20, 30 }).reshape(3, 2);
        var labels = tensor(new[] { 1L, 1, 0 });
        TestTensors.AreClose([20, 30, 2, 6], ClusterMeans.Compute(points, labels, 2), 1e-6);
        TestTensors.AreClose([20, 30, 2.5, 8], ClusterMeans.Compute(points, labels, 2, tensor(new[] { 1f, 3, 5 })), 1e-6);
    }

    private double[] At(double x, double y, double radius, double turn, double noise)
        => [x + (radius + noise * (_random.NextDouble() - 0.5)) * Math.Cos(2 * Math.PI * turn), y + (radius + noise * (_random.NextDouble() - 0.5)) * Math.Sin(2 * Math.PI * turn)];

    private static Tensor Points(double[][] points) => tensor(points.SelectMany(p => p).ToArray()).reshape(points.Length, 2).to(ScalarType.Float32);

    private static void AreClusters(long[]? labels, Func<int, int> kind)
    {
        Assert.IsNotNull(labels);
        var pairs = labels.Select((label, i) => (label, kind(i))).Distinct().ToArray();
        Assert.HasCount(labels.Distinct().Count(), pairs);
        Assert.HasCount(pairs.Select(p => p.Item2).Distinct().Count(), pairs);
    }
}
