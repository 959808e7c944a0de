using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Centroids;

/// <summary>k-means from k-means++ and from former centroids.</summary>
[TestClass]
public sealed class KMeansTests
{
    // Blob i % 4 of point i, and the middles of the blobs.
    private static readonly long[] Truth = Enumerable.Range(0, 40).Select(i => i % 4L).ToArray();

    private static Tensor Middles => tensor(new double[] { 0, 0, 10, 0, 0, 10, 10, 12 }, new long[] { 4, 2 });

    private static Tensor Blobs => Middles.index_select(0, tensor(Truth)).Plus(TestTensors.Noise(40, 2));

    [TestMethod]
    public void Run_OverlappingDataInSinglePrecision_ReachesTheInertiaOfScikitLearn()
    {
        // The lowest of 2,000 starts of sklearn.cluster.KMeans; the next local minimum is 2.5143.
        using var scope = NewDisposeScope();
        var result = Run(TestTensors.Noise(60, 2).to(ScalarType.Float32), 4, 60);
        Assert.AreEqual(2.472895783568955, result.Inertia, 2.5e-4);
        CollectionAssert.AreEqual(new[] { 11, 15, 17, 17 }, Sizes(result, 4).Order().ToArray());
    }

    [TestMethod]
    [DataRow(1UL)]
    [DataRow(2UL)]
    [DataRow(3UL)]
    public void Run_SeparatedBlobs_FindsThem(ulong seed)
    {
        using var scope = NewDisposeScope();
        IsPartition(Truth, Labels(Run(Blobs.to(ScalarType.Float32), 4, 5, seed)));
    }

    [TestMethod]
    public void Run_SameSeed_GivesTheSameBits()
    {
        using var scope = NewDisposeScope();
        var points = TestTensors.Noise(60, 2).to(ScalarType.Float32);
        var (first, second) = (Run(points, 5, 3, 7), Run(points, 5, 3, 7));
        TestTensors.AreClose(TestTensors.Values(first.Centroids), second.Centroids, 0);
        CollectionAssert.AreEqual(Labels(first), Labels(second));
        Assert.AreEqual(first.Inertia, second.Inertia);
    }

    [TestMethod]
    public void Run_MorePointsThanABlock_EndsAtAFixedPointOfLloyd()
    {
        using var scope = NewDisposeScope();
        const int Clusters = 1000;
        var points = TestTensors.Noise((int)(1.2 * CentroidDistance.RowsPerBlock(Clusters)), 2);
        IsFixedPoint(points, Run(points, Clusters, 1));
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(5)]
    [DataRow(11)]
    public void Run_AnyData_EndsAtAFixedPointOfLloyd(int clusters)
    {
        using var scope = NewDisposeScope();
        var points = TestTensors.Noise(40, 3);
        IsFixedPoint(points, Run(points, clusters, 2));
    }

    [TestMethod]
    [DataRow(ScalarType.Float32)]
    [DataRow(ScalarType.Float64)]
    [Timeout(60_000)]
    public void Run_FewerDistinctPointsThanClusters_GivesThemNoInertia(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var points = TestTensors.Noise(3, 2).index_select(0, tensor(Array.ConvertAll(Truth, i => i % 3))).to(type);
        var result = Run(points, 5, 3);
        Assert.AreEqual(0, result.Inertia, 1e-5);
        Assert.IsTrue(result.Centroids.isfinite().all().item<bool>());
        IsPartition(Truth.Select(i => i % 3).ToArray(), Labels(result));
        TestTensors.AreClose(TestTensors.Values(points), result.Centroids.index_select(0, result.Labels), 1e-6);
    }

    [TestMethod]
    [DataRow(ScalarType.Float32)]
    [DataRow(ScalarType.Float64)]
    [Timeout(60_000)]
    public void Run_EqualPoints_GivesTheirPlace(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var result = Run(ones(new long[] { 10, 2 }, dtype: type).Times(0.1), 3, 3);
        TestTensors.AreClose(Enumerable.Repeat(0.1, 6).ToArray(), result.Centroids, 1e-6);
        Assert.AreEqual(0, result.Inertia, 1e-10);
        Assert.IsTrue(Labels(result).All(label => label is >= 0 and < 3));
    }

    [TestMethod]
    public void Run_AsManyClustersAsPoints_GivesEachItsOwn()
    {
        using var scope = NewDisposeScope();
        var points = TestTensors.Noise(7, 3);
        var result = Run(points, 7, 3);
        CollectionAssert.AreEquivalent(Enumerable.Range(0, 7).Select(i => (long)i).ToArray(), Labels(result));
        TestTensors.AreClose(TestTensors.Values(points), result.Centroids.index_select(0, result.Labels), 1e-12);
        Assert.AreEqual(0, result.Inertia, 1e-12);
    }

    [TestMethod]
    public void Run_OneCluster_GivesTheMean()
    {
        using var scope = NewDisposeScope();
        var points = TestTensors.Noise(40, 3);
        TestTensors.AreClose(TestTensors.Values(points.mean(new long[] { 0 })), Run(points, 1, 1).Centroids[0], 1e-12);
    }

    [TestMethod]
    public void Run_FormerCentroidFarAway_IsSeededAgain()
    {
        using var scope = NewDisposeScope();
        var result = Run(Line, 3, 0, former: Column(0, 10, 1000));
        CollectionAssert.AreEqual(new long[] { 0, 0, 0, 1, 1, 1, 1, 2, 2, 2 }, Labels(result));
        TestTensors.AreClose([0, 10, 100], result.Centroids, 1e-9);
    }

    [TestMethod]
    public void Run_FarthestPointIsAlreadyAloneInItsCluster_AnotherOneIsTaken()
    {
        // The cluster of 30 is empty. The point farthest from its centroid, 10, lies alone in the cluster of 18, whose mean it becomes.
        using var scope = NewDisposeScope();
        var result = Run(Column(0, 1, 10), 3, 0, former: Column(0.5, 18, 30));
        Assert.AreEqual(0, result.Inertia, 1e-12);
        CollectionAssert.AreEqual(new[] { 1, 1, 1 }, Sizes(result, 3));
    }

    [TestMethod]
    public void Run_FewerDifferentPointsThanClusters_Ends()
    {
        using var scope = NewDisposeScope();
        var result = Run(Column(0, 0, 1, 1), 3, 0, former: Column(0, 1, 30));
        Assert.AreEqual(0, result.Inertia, 1e-12);
    }

    [TestMethod]
    public void Run_SeveralFormerCentroidsFarAway_LeavesNoClusterEmpty()
    {
        using var scope = NewDisposeScope();
        var result = Run(Line, 4, 0, former: Column(0, 10, -1000, 1000));
        Assert.IsGreaterThan(0, Sizes(result, 4).Min());
        IsFixedPoint(Line, result);
    }

    [TestMethod]
    [DataRow(0, new long[] { 2, 0, 3, 1 })]
    [DataRow(0, new long[] { 3, 2, 1, 0 })]
    [DataRow(5, new long[] { 2, 0, 3, 1 })]
    [DataRow(5, new long[] { 3, 2, 1, 0 })]
    public void Run_PermutedFormerCentroids_NumbersTheClustersLikeThem(int starts, long[] order)
    {
        using var scope = NewDisposeScope();
        var result = Run(Blobs, 4, starts, former: Middles.index_select(0, tensor(order)).Plus(0.3));
        CollectionAssert.AreEqual(Truth.Select(blob => (long)Array.IndexOf(order, blob)).ToArray(), Labels(result));
        IsFixedPoint(Blobs, result);
    }

    [TestMethod]
    [DataRow(1UL)]
    [DataRow(2UL)]
    [DataRow(3UL)]
    public void Run_FormerInALocalMinimum_FreshStartsWinAndKeepTheNumbering(ulong seed)
    {
        // The former centroids split the first blob, 4 to 2, and share one between the second, of 5 points, and the third, of 4.
        using var scope = NewDisposeScope();
        var points = Column(-0.5, -0.4, -0.3, -0.2, 0.3, 0.4, 19.8, 19.9, 20, 20.1, 20.2, 29.9, 30, 30, 30.1, 60, 60.1, 90, 90.1);
        var former = Column(25, -0.4, 90, 0.4, 60);
        var local = new long[] { 1, 1, 1, 1, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 4, 2, 2 };
        CollectionAssert.AreEqual(local, Labels(Run(points, 5, 0, seed, former)));
        var matched = new long[] { 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 3, 3, 3, 3, 4, 4, 2, 2 };
        var result = Run(points, 5, 20, seed, former);
        CollectionAssert.AreEqual(matched, Labels(result));
        IsFixedPoint(points, result);
    }

    [TestMethod]
    public void Run_FormerCentroids_AreNotChanged()
    {
        using var scope = NewDisposeScope();
        var former = Middles.Plus(0.3);
        Run(Blobs, 4, 1, former: former);
        TestTensors.AreClose(TestTensors.Values(Middles.Plus(0.3)), former, 0);
    }

    [TestMethod]
    public void Run_LargeOffsetInSinglePrecision_KeepsItsDigits()
    {
        using var scope = NewDisposeScope();
        var points = Blobs.Times(0.1).Plus(1e4).to(ScalarType.Float32);
        var result = Run(points, 4, 5);
        IsPartition(Truth, Labels(result));
        var rows = Rows(points);
        var expected = Enumerable.Range(0, 4).Sum(blob => SquaresAboutMean(rows.Where((_, i) => Truth[i] == blob).ToArray()));
        Assert.AreEqual(expected, result.Inertia, 1e-3 * expected);
    }

    [TestMethod]
    [DataRow(ScalarType.Float32, 3000, 5, 7)]
    [DataRow(ScalarType.Float64, 3000, 2, 12)]
    [DataRow(ScalarType.Float64, 9001, 11, 4)]
    public void Lloyd_PlainLoops_Agree(ScalarType type, int rows, int dimensions, int clusters)
    {
        using var scope = NewDisposeScope();
        var overlapping = TestTensors.Noise(rows, dimensions).Plus(TestTensors.Wave(clusters, dimensions).index_select(0, tensor(Enumerable.Range(0, rows).Select(i => (long)(i % clusters)).ToArray())).Times(0.5));
        var points = overlapping.to(type);
        var start = points.narrow(0, 0, clusters);
        var origin = zeros(dimensions, dtype: type);
        var result = KMeansPoints.Create(points, origin).Lloyd(start, default);
        var (labels, centroids) = PlainLoops(Rows(points), Rows(start));
        // A point may lie as far from one centroid as from another, but for rounding.
        var differing = labels.Zip(Labels(result)).Count(pair => pair.First != pair.Second);
        Assert.IsLessThanOrEqualTo(type == ScalarType.Float64 ? 0 : rows / 500, differing);
        TestTensors.AreClose(centroids.SelectMany(row => row).ToArray(), result.Centroids, type == ScalarType.Float64 ? 1e-9 : 1e-3);
    }

    [TestMethod]
    public void Run_MoreThreads_GivesTheSameBits()
    {
        using var scope = NewDisposeScope();
        var points = TestTensors.Noise(20_000, 3).to(ScalarType.Float32);
        var results = new[] { 1, 3 }.Select(threads =>
        {
            using var count = new ThreadCount(threads);
            using var generator = new Generator(1);
            return KMeans.Run(points, 6, 2, generator);
        }).ToArray();
        TestTensors.AreClose(TestTensors.Values(results[0].Centroids), results[1].Centroids, 0);
        CollectionAssert.AreEqual(Labels(results[0]), Labels(results[1]));
        Assert.AreEqual(results[0].Inertia, results[1].Inertia);
    }

    [TestMethod]
    public void Run_ManyPointsAndClusters_AllocatesThePointsAndFourNumbersForEach()
    {
        using var scope = NewDisposeScope();
        using var count = new ThreadCount(1);
        using var generator = new Generator(1);
        const long Points = 100_000, Dimensions = 4, Clusters = 100;
        var points = rand(Points, Dimensions, dtype: ScalarType.Float32, generator: generator);
        var before = GC.GetAllocatedBytesForCurrentThread();
        KMeans.Run(points, (int)Clusters, 1, generator);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        // Of the bound n k would be 40 MB. What each iteration leaves behind, k p numbers several times, comes to 2 MB more.
        Assert.IsLessThan(4 * Points * (Dimensions + 4) + 16 * 8 * Clusters * Dimensions + (4 << 20), allocated);
    }

    [TestMethod]
    public void Run_SeveralTimes_LeavesNoTensors()
    {
        using var scope = NewDisposeScope();
        var (points, former) = (TestTensors.Noise(50, 3), TestTensors.Noise(4, 3));
        foreach (var create in new Func<Tensor, KMeansPoints>[] { p => KMeansPoints.Create(p, zeros(3, dtype: ScalarType.Float64)), p => new DevicePoints(p) })
        {
            var before = NativeTensors.Live;
            using (NewDisposeScope())
            using (var generator = new Generator(1))
                KMeans.Run(create(points), zeros(3, dtype: ScalarType.Float64), 4, 3, generator, former, default);
            Assert.AreEqual(before, NativeTensors.Live);
        }

        using var one = new Generator(1);
        var live = NativeTensors.Live;
        var result = KMeans.Run(points, 4, 3, one, former);
        Assert.AreEqual(live + 2, NativeTensors.Live, "the centroids and the labels");
        result.Dispose();
    }

    [TestMethod]
    public void Run_Cancelled_EndsAtOnce()
    {
        using var scope = NewDisposeScope();
        using var cancelled = new CancellationTokenSource();
        using var generator = new Generator(1);
        cancelled.Cancel();
        Assert.ThrowsExactly<OperationCanceledException>(() => KMeans.Run(Blobs, 4, 1, generator, cancellation: cancelled.Token));
    }

    // Blobs of 3, 4 and 3 points, none of them near the mean.
    private static Tensor Line => Column(-0.1, 0, 0.1, 9.8, 9.9, 10.1, 10.2, 99.9, 100, 100.1);

    private static Tensor Column(params double[] values) => tensor(values).unsqueeze(1);

    // By vector instructions, and by matrix products for comparison.
    private static KMeansResult Run(Tensor points, int clusters, int nInit, ulong seed = 1, Tensor? former = null)
    {
        using var generator = new Generator(seed);
        var result = KMeans.Run(points, clusters, nInit, generator, former);
        using var again = new Generator(seed);
        var mean = points.mean(new long[] { 0 });
        var byProducts = KMeans.Run(new DevicePoints(points - mean), mean, clusters, nInit, again, former, default);
        CollectionAssert.AreEqual(Labels(byProducts), Labels(result));
        Assert.AreEqual(byProducts.Inertia, result.Inertia, 1e-5 * (1 + result.Inertia));
        return result;
    }

    private static long[] Labels(KMeansResult result) => result.Labels.data<long>().ToArray();

    private static int[] Sizes(KMeansResult result, int clusters) => Enumerable.Range(0, clusters).Select(j => Labels(result).Count(label => label == j)).ToArray();

    private static double[][] Rows(Tensor tensor) => TestTensors.Values(tensor).Chunk((int)tensor.shape[1]).ToArray();

    private static double Squared(double[] a, double[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum();

    private static double[] Mean(double[][] rows) => Enumerable.Range(0, rows[0].Length).Select(d => rows.Average(row => row[d])).ToArray();

    private static double SquaresAboutMean(double[][] rows) => rows.Sum(row => Squared(row, Mean(rows)));

    // Lloyd's iterations without empty clusters.
    private static (long[] Labels, double[][] Centroids) PlainLoops(double[][] rows, double[][] centroids)
    {
        while (true)
        {
            var labels = rows.Select(row => Nearest(row, centroids)).ToArray();
            var next = centroids.Select((_, j) => Mean(rows.Where((_, i) => labels[i] == j).ToArray())).ToArray();
            if (rows.Select(row => Nearest(row, next)).SequenceEqual(labels))
                return (labels, next);
            centroids = next;
        }

        static long Nearest(double[] row, double[][] centroids) => Enumerable.Range(0, centroids.Length).MinBy(j => Squared(row, centroids[j]));
    }

    private static void IsPartition(long[] expected, long[] labels)
    {
        var groups = expected.Distinct().Count();
        Assert.HasCount(groups, labels.Distinct().ToArray());
        Assert.HasCount(groups, expected.Zip(labels).Distinct().ToArray());
    }

    private static void IsFixedPoint(Tensor points, KMeansResult result)
    {
        var (rows, centroids, labels) = (Rows(points), Rows(result.Centroids), Labels(result));
        var inertia = 0.0;
        for (var i = 0; i < rows.Length; i++)
        {
            var distances = centroids.Select(centroid => Squared(rows[i], centroid)).ToArray();
            Assert.AreEqual(Array.IndexOf(distances, distances.Min()), labels[i], $"nearest centroid of point {i}");
            inertia += distances.Min();
        }

        for (var j = 0; j < centroids.Length; j++)
            TestTensors.AreClose(Mean(rows.Where((_, i) => labels[i] == j).ToArray()), result.Centroids[j], 1e-9);
        Assert.AreEqual(inertia, result.Inertia, 1e-9);
    }
}
