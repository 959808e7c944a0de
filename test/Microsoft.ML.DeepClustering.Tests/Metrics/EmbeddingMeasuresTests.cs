#nullable disable
using Microsoft.ML.DeepClustering.Metrics.Embedding;
using Microsoft.ML.DeepClustering.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Metrics;

/// <summary>Against naive loops and by invariances; numbers from scikit-learn are compared in <see cref="MeasureCaseTests"/>.</summary>
[TestClass]
public sealed class EmbeddingMeasuresTests
{
    private const int Clusters = 5;

    private DisposeScope _scope;

    [TestInitialize]
    public void Open() => _scope = NewDisposeScope();

    [TestCleanup]
    public void Close() => _scope.Dispose();

    [TestMethod]
    [DataRow(3)]
    [DataRow(40)]
    public void Measures_AgainstNaiveLoops_AreTheSame(int size)
    {
        var (points, clusters) = Data(300, size);
        var rows = Rows(points);

        AreEqual([NaiveSilhouette(rows, clusters), NaiveDaviesBouldin(rows, clusters), NaiveCalinskiHarabasz(rows, clusters)], All(points, clusters), 1e-10);
    }

    [TestMethod]
    public void Measures_ManyBlocks_EqualNaiveLoops()
    {
        // A silhouette block has 2^22 / n rows, a block of the others 2^22 / p: three and two blocks, the last not full.
        foreach (var size in new[] { 2, 17 })
        {
            var (few, numbers) = Data(3000, size);
            Assert.AreEqual(NaiveSilhouette(Rows(few), numbers), EmbeddingMeasures.Silhouette(few, Numbers(numbers), Clusters), 1e-10);
        }

        var (points, clusters) = Data(1100, 4000);
        AreEqual(
            [NaiveDaviesBouldin(Rows(points), clusters), NaiveCalinskiHarabasz(Rows(points), clusters)],
            [EmbeddingMeasures.DaviesBouldin(points, Numbers(clusters), Clusters), EmbeddingMeasures.CalinskiHarabasz(points, Numbers(clusters), Clusters)],
            1e-9);
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(1e3)]
    [DataRow(1e9)]
    public void Silhouette_FarOutlier_EqualsNaiveLoop(double distance)
    {
        var (points, clusters) = Data(100, 40);
        points = points.index_copy(0, tensor(new[] { 7L }), ones(new[] { 1L, 40L }, dtype: ScalarType.Float64).Times(distance));

        Assert.AreEqual(NaiveSilhouette(Rows(points), clusters), EmbeddingMeasures.Silhouette(points, Numbers(clusters), Clusters), 1e-10);
    }

    [TestMethod]
    [DataRow(1e-3)]
    [DataRow(1e-6)]
    [DataRow(1e-9)]
    [DataRow(0.0)]
    public void Silhouette_TightClustersOfManyValues_EqualsNaiveLoop(double width)
    {
        // Two tight clusters near each other, two far away: products alone lose the distance of the near ones.
        var clusters = Enumerable.Range(0, 80).Select(i => i % 4).ToArray();
        var centres = new[] { 0, width, 1, -2 };
        var points = tensor(clusters.Select(c => centres[c]).ToArray()).unsqueeze(1).Plus(TestTensors.Noise(80, 40).Times(width));

        Assert.AreEqual(NaiveSilhouette(Rows(points), clusters), EmbeddingMeasures.Silhouette(points, Numbers(clusters), 4), 1e-6);
    }

    [TestMethod]
    public void Measures_ManyClusters_EqualNaiveLoops()
    {
        // 2,500 clusters: their distances take two blocks.
        var points = TestTensors.Noise(5000, 2);
        var clusters = Enumerable.Range(0, 5000).Select(i => i * 7 % 2500).ToArray();

        AreEqual(
            [NaiveDaviesBouldin(Rows(points), clusters), NaiveCalinskiHarabasz(Rows(points), clusters)],
            [EmbeddingMeasures.DaviesBouldin(points, Numbers(clusters), 2500), EmbeddingMeasures.CalinskiHarabasz(points, Numbers(clusters), 2500)],
            1e-8);
    }

    [TestMethod]
    public void Measures_ClustersRenamed_AreTheSame()
    {
        var (points, clusters) = Data(200, 3);

        AreEqual(All(points, clusters), All(points, clusters.Select(c => 4 - c).ToArray()), 1e-12);
    }

    [TestMethod]
    public void Measures_EmptyClusters_AreSkipped()
    {
        var (points, clusters) = Data(200, 3);

        AreEqual(All(points, clusters), All(points, clusters.Select(c => (3 * c) + 2).ToArray(), 40), 1e-12);
    }

    [TestMethod]
    public void Measures_RowsPermuted_AreTheSame()
    {
        var (points, clusters) = Data(200, 3);
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
        var (points, clusters) = Data(200, 3);

        // The shift rounds the points themselves to 1e-16 of it.
        AreEqual(All(points, clusters), All(points.Times(scale).Plus(shift), clusters), 1e-6);
    }

    [TestMethod]
    [DataRow(3)]
    [DataRow(40)]
    public void Measures_FarFromTheOrigin_LoseNoDigits(int size)
    {
        // Multiples of 2^-10, which 2^40 more of does not round.
        var (points, clusters) = Data(200, size);
        points = points.Times(1024.0).round().Over(1024.0);

        AreEqual(All(points, clusters), All(points.Plus(Math.Pow(2, 40)), clusters), 1e-10);
    }

    [TestMethod]
    public void Measures_EmbeddingWithNaN_AreNaN()
    {
        var (points, clusters) = Data(50, 3);
        var broken = points.index_copy(0, tensor(new[] { 7L }), ones(new[] { 1L, 3L }, dtype: ScalarType.Float64).Times(double.NaN));

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
        var (points, clusters) = Data(100, 3);
        var (parameter, numbers) = (new TorchSharp.Modules.Parameter(points), Numbers(clusters));
        var before = _scope.DisposablesCount;

        EmbeddingMeasures.Silhouette(parameter, numbers, Clusters);
        EmbeddingMeasures.SilhouetteSample(parameter, numbers, Clusters, seed: 1, mostPoints: 50);
        EmbeddingMeasures.DaviesBouldin(parameter, numbers, Clusters);
        EmbeddingMeasures.CalinskiHarabasz(parameter, numbers, Clusters);

        Assert.AreEqual(before, _scope.DisposablesCount);
    }

    [TestMethod]
    public void SilhouetteSample_FewerRowsThanTheLimit_IsExact()
    {
        var (points, clusters) = Data(200, 3);
        var exact = EmbeddingMeasures.Silhouette(points, Numbers(clusters), Clusters);

        Assert.AreEqual(exact, EmbeddingMeasures.SilhouetteSample(points, Numbers(clusters), Clusters, seed: 1, mostPoints: 200));
        Assert.AreEqual(exact, EmbeddingMeasures.SilhouetteSample(points, Numbers(clusters), Clusters, seed: 1));
    }

    [TestMethod]
    public void SilhouetteSample_MoreRowsThanTheLimit_IsThatOfTheRowsDrawn()
    {
        var (points, clusters) = Data(2000, 3);
        double Sample(int seed) => EmbeddingMeasures.SilhouetteSample(points, Numbers(clusters), Clusters, seed, mostPoints: 500);
        var drawn = RowReservoir.Draw(2000, 500, seed: 3);

        Assert.AreEqual(NaiveSilhouette([.. drawn.Select(i => Rows(points)[i])], [.. drawn.Select(i => clusters[i])]), Sample(3), 1e-10);
        Assert.AreEqual(Sample(3), Sample(3));
        Assert.AreNotEqual(Sample(3), Sample(4));
        Assert.AreEqual(EmbeddingMeasures.Silhouette(points, Numbers(clusters), Clusters), Sample(3), 0.02);
    }

    /// <summary>Points of five overlapping clusters of different sizes.</summary>
    private static (Tensor Points, int[] Clusters) Data(int rows, int size)
    {
        var clusters = Enumerable.Range(0, rows).Select(i => (int)Math.Sqrt(i * 7 % 25)).ToArray();
        return (TestTensors.Noise(rows, size).Plus(Numbers(clusters).to(ScalarType.Float64).unsqueeze(1) * TestTensors.Wave(size)), clusters);
    }

    private static Tensor Numbers(int[] clusters) => tensor(clusters.Select(c => (long)c).ToArray());

    private static double[][] Rows(Tensor points) => [.. TestTensors.Values(points).Chunk((int)points.shape[1])];

    private static double[] All(Tensor points, int[] clusters, int numberOfClusters = Clusters) =>
    [
        EmbeddingMeasures.Silhouette(points, Numbers(clusters), numberOfClusters),
        EmbeddingMeasures.DaviesBouldin(points, Numbers(clusters), numberOfClusters),
        EmbeddingMeasures.CalinskiHarabasz(points, Numbers(clusters), numberOfClusters),
    ];

    private static double NaiveSilhouette(double[][] rows, int[] clusters)
    {
        var sizes = clusters.CountBy(c => c).ToDictionary();
        return rows.Select((row, i) =>
        {
            var sums = sizes.Keys.ToDictionary(c => c, _ => 0.0);
            for (var j = 0; j < rows.Length; j++)
                sums[clusters[j]] += Distance(row, rows[j]);
            if (sizes[clusters[i]] == 1)
                return 0;
            var a = sums[clusters[i]] / (sizes[clusters[i]] - 1);
            var b = sums.Where(s => s.Key != clusters[i]).Min(s => s.Value / sizes[s.Key]);
            return a == b ? 0 : (b - a) / Math.Max(a, b);
        }).Average();
    }

    private static double NaiveDaviesBouldin(double[][] rows, int[] clusters)
    {
        var means = Means(rows, clusters);
        var spreads = means.ToDictionary(m => m.Key, m => rows.Where((_, i) => clusters[i] == m.Key).Average(row => Distance(row, m.Value)));
        return means.Average(m => means.Where(o => o.Key != m.Key).Max(o => (spreads[m.Key] + spreads[o.Key]) / Distance(m.Value, o.Value)));
    }

    private static double NaiveCalinskiHarabasz(double[][] rows, int[] clusters)
    {
        var means = Means(rows, clusters);
        var centre = Mean(rows);
        var between = clusters.Sum(c => Math.Pow(Distance(means[c], centre), 2));
        var within = rows.Select((row, i) => Math.Pow(Distance(row, means[clusters[i]]), 2)).Sum();
        return between / within * (rows.Length - means.Count) / (means.Count - 1);
    }

    private static Dictionary<int, double[]> Means(double[][] rows, int[] clusters)
        => rows.Zip(clusters).GroupBy(pair => pair.Second).ToDictionary(g => g.Key, g => Mean([.. g.Select(pair => pair.First)]));

    private static double[] Mean(double[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(j => rows.Average(row => row[j]))];

    private static double Distance(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var j = 0; j < a.Length; j++)
            sum += (a[j] - b[j]) * (a[j] - b[j]);
        return Math.Sqrt(sum);
    }

    private static void AreEqual(double[] expected, double[] actual, double tolerance)
    {
        Assert.HasCount(expected.Length, actual);
        for (var i = 0; i < expected.Length; i++)
            Assert.AreEqual(expected[i], actual[i], tolerance * Math.Max(1, Math.Abs(expected[i])), $"measure {i}");
    }
}
