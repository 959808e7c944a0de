using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Centroids;

/// <summary>The graph of neighbours and the affinity of two clusters on it, which AC-PIC merges by.</summary>
[TestClass]
public sealed class PathIntegralTests
{
    private const double Z = 0.01;

    /// <summary>Two matrices inverted by NumPy 1.24 for each cluster; the points are those of <see cref="Golden"/>.</summary>
    [TestMethod]
    public void Affinity_Golden_Agrees()
    {
        using var scope = NewDisposeScope();
        var graph = NeighborGraph.Create(Golden(), 4, default);
        CollectionAssert.AreEqual(new[] { 3, 6, 9, 12, 7, 13, 5, 23, 8, 20, 14, 23 }, graph.Neighbors[..12]);
        TestTensors.AreClose([0.25272556, 0.25162242, 0.24963089, 0.24602112], tensor(graph.Probabilities[..4]), 1e-8);
        Assert.AreEqual(0.0, Affinity(graph, [0, 3, 6, 9], [1, 4, 7]));
        foreach (var (a, b, expected) in new[] { (Each(0), Each(1), 2.849978027463784e-07), ([0], [3], 1.2826122940623463e-05), ([5], [8, 11, 14], 7.60137078448242e-06) })
            Assert.AreEqual(expected, Affinity(graph, a, b), 5e-4 * expected);
    }

    [TestMethod]
    public void Affinity_AnyTwoClusters_IsThatOfInvertedMatrices()
    {
        using var scope = NewDisposeScope();
        var graph = NeighborGraph.Create(TestTensors.Noise(60, 3), 7, default);
        var steps = zeros(new[] { 60L, 60L }, dtype: ScalarType.Float64);
        for (var edge = 0; edge < graph.Neighbors.Length; edge++)
            steps[edge / 7, graph.Neighbors[edge]] = graph.Probabilities[edge];
        var random = new Random(1);
        for (var trial = 0; trial < 20; trial++)
        {
            var merges = 0;
            var order = Enumerable.Range(0, 60).ToArray();
            random.Shuffle(order);
            var (a, b) = (order[..random.Next(1, 30)], order[30..random.Next(31, 61)]);
            var expected = Gain(a, b) + Gain(b, a);
            Assert.AreEqual(expected, Affinity(graph, a, b), 5e-4 * expected);
            // The same from groups that were merged.
            var paths = new PathIntegral(graph, [.. Enumerable.Range(0, 60).Select(i => new[] { i })]);
            var (first, next) = (Merged(a), Merged(b));
            Assert.AreEqual(expected, paths.Affinity(next, first), 5e-4 * expected);

            int Merged(int[] points)
            {
                var group = points[0];
                foreach (var point in points[1..])
                {
                    paths.Merge(group, point);
                    group = 60 + merges++;
                }

                return group;
            }
        }

        double Gain(int[] own, int[] other) => (Paths(own, [.. own, .. other]) - Paths(own, own)) / (own.Length * own.Length);

        // 1ᵀ (I - z P)⁻¹ 1 over the first points of those that the paths run through.
        double Paths(int[] own, int[] through)
        {
            var places = tensor(Array.ConvertAll(through, i => (long)i));
            var within = steps.index_select(0, places).index_select(1, places);
            var all = linalg.inv(eye(through.Length, dtype: ScalarType.Float64) - within.Times(Z));
            return all.narrow(0, 0, own.Length).narrow(1, 0, own.Length).sum().item<double>();
        }
    }

    [TestMethod]
    public void Create_Graph_HasTheNearestWithoutThePointItself()
    {
        using var scope = NewDisposeScope();
        var values = Enumerable.Range(0, 50).Select(_ => new double[3]).ToArray();
        var random = new Random(2);
        for (var i = 0; i < 50; i++)
            values[i] = i < 4 ? [1, 1, 1] : [random.NextDouble(), random.NextDouble(), random.NextDouble()];
        var graph = NeighborGraph.Create(tensor(values.SelectMany(v => v).ToArray()).reshape(50, 3).to(ScalarType.Float32), 5, default);
        for (var i = 0; i < 50; i++)
        {
            var neighbors = graph.Neighbors.AsSpan(i * 5, 5).ToArray();
            CollectionAssert.DoesNotContain(neighbors, i);
            var least = Enumerable.Range(0, 50).Where(j => j != i).Select(j => Square(i, j)).Order().Take(5).ToArray();
            TestTensors.AreClose(least, tensor(neighbors.Select(j => Square(i, j)).ToArray()), 1e-6);
            Assert.AreEqual(1, graph.Probabilities.AsSpan(i * 5, 5).ToArray().Sum(), 1e-12);
        }

        // Four points are equal: the others of each are its nearest.
        CollectionAssert.AreEquivalent(new[] { 1, 2, 3 }, graph.Neighbors[..3]);

        double Square(int i, int j) => values[i].Zip(values[j], (a, b) => (a - b) * (a - b)).Sum();
    }

    [TestMethod]
    public void Cut_Tree_IsTheLatestWithSoManyGroupsThatCount()
    {
        var tree = new MergeTree([[0, 1], [2, 3], [4], [5, 6]]);
        var pair = tree.Merge(0, 1); // 4: 0 1 2 3
        tree.Merge(pair, 2); // 5: 0 1 2 3 4
        AreEqual([[0, 1, 2, 3, 4], [5, 6]], tree.Cut(2, 1));
        AreEqual([[0, 1, 2, 3], [4], [5, 6]], tree.Cut(3, 1));
        // A group of one does not count, whether it was merged or not.
        AreEqual([[0, 1], [2, 3], [5, 6]], tree.Cut(3, 2));
        AreEqual([[0, 1, 2, 3, 4]], tree.Cut(1, 3));
        Assert.IsNull(tree.Cut(1, 1));
        Assert.IsNull(tree.Cut(5, 1));
        Assert.IsNull(tree.Cut(2, 3));

        static void AreEqual(int[][] expected, int[][]? found)
            => Assert.AreEqual(Text(expected), Text(found!));

        static string Text(int[][] groups) => string.Join(" | ", groups.Select(g => string.Join(' ', g.Order())));
    }

    // Three strips of sines: no drawing of numbers, so that another program can make them.
    private static Tensor Golden() => tensor(Enumerable.Range(0, 24).SelectMany(i => new[] { Math.Sin(i) + 2 * (i % 3), Math.Cos(2 * i + 0.3) + (i % 3 == 1 ? 1.5 : 0) }).ToArray()).reshape(24, 2);

    // Of two groups among other points.
    private static double Affinity(NeighborGraph graph, int[] a, int[] b)
        => new PathIntegral(graph, [a, b, .. Enumerable.Range(0, graph.Count).Except(a).Except(b).Select(i => new[] { i })]).Affinity(0, 1);

    private static int[] Each(int kind) => [.. Enumerable.Range(0, 24).Where(i => i % 3 == kind)];
}
