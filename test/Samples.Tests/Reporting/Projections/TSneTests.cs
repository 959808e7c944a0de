using Microsoft.ML.DeepClustering.Reporting;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Samples.Tests.Reporting;

[TestClass]
public sealed class TSneTests
{
    // sklearn.manifold._t_sne._joint_probabilities of scikit-learn 1.2.1 at the rows of the formula TestTensors.Noise(8, 3), perplexity 2.5; no
    // seed: the pairs i < j, row by row.
    private static readonly double[] Joint =
    [
        0.00472749, 0.00186679, 0.00098627, 0.0020687, 0.08572213, 0.00026947, 0.00958749, 0.07738441, 0.00052139, 0.00070362,
        0.00405701, 0.06555332, 0.00790294, 0.00010228, 0.00012089, 0.00102094, 0.03012765, 0.00402238, 0.08632779, 0.00588236,
        0.00172974, 0.05789059, 0.03290731, 0.0025259, 0.00515769, 0.0012213, 0.0068716, 0.00274054,
    ];

    // _kl_divergence of the same, at the map Wave(8, 2).
    private const double Divergence = 1.2603834966827394;

    private static readonly double[] Gradient =
    [
        0.16203494, -0.04186901, -0.20547233, -0.00315417, 0.00993948, 0.06823244, -0.05833688, -0.07735447,
        0.0868744, 0.05016977, -0.08630919, -0.09904141, 0.05323126, 0.09078984, 0.03803831, 0.01222701,
    ];

    [TestMethod]
    public void JointProbabilities_SmallCase_EqualScikitLearn()
    {
        using var scope = NewDisposeScope();
        var joint = JointProbabilities.Compute(TestTensors.Noise(8, 3), 2.5);
        var pair = 0;
        for (var i = 0; i < 8; i++)
        {
            Assert.AreEqual(0, joint[i, i].item<double>());
            for (var j = i + 1; j < 8; j++)
            {
                Assert.AreEqual(Joint[pair], joint[i, j].item<double>(), 1e-5, $"p of {i}, {j}");
                Assert.AreEqual(joint[i, j].item<double>(), joint[j, i].item<double>());
                pair++;
            }
        }

        Assert.AreEqual(1, joint.sum().item<double>(), 1e-12);
    }

    [TestMethod]
    public void Single_FarGroups_HasNoSubnormalNumbersAndTheSameGradient()
    {
        using var scope = NewDisposeScope();
        // Six groups along a line: some p are subnormal in Float32.
        var rows = TestTensors.Noise(60, 3);
        for (var group = 1; group < 6; group++)
        {
            var rest = rows.narrow(0, 10 * group, 60 - (10 * group));
            rest.Add(ones_like(rest).Times(2));
        }

        var joint = JointProbabilities.Compute(rows, 4);
        Assert.IsTrue(TestTensors.Values(joint.to(ScalarType.Float32)).Any(p => p != 0 && !float.IsNormal((float)p)));
        var single = TSne.Single(joint);
        Assert.IsTrue(TestTensors.Values(single).All(p => p is 0 or >= 1e-30));
        var map = TestTensors.Wave(60, 2);
        TestTensors.AreClose(TestTensors.Values(TSneGradient.Compute(joint, map)), TSneGradient.Compute(single, map.to(ScalarType.Float32)), 1e-6);
    }

    [TestMethod]
    [DataRow(1.0, 5.0)]
    [DataRow(1e-6, 12.0)]
    [DataRow(1e6, 30.0)]
    public void Conditional_AnyScale_HasThePerplexity(double scale, double perplexity)
    {
        using var scope = NewDisposeScope();
        var conditional = TestTensors.Values(JointProbabilities.Conditional(TestTensors.Noise(60, 5).Times(scale), perplexity));
        for (var row = 0; row < 60; row++)
        {
            var p = conditional[(row * 60)..((row + 1) * 60)];
            Assert.AreEqual(1, p.Sum(), 1e-12);
            Assert.AreEqual(perplexity, Math.Exp(-p.Sum(q => q > 0 ? q * Math.Log(q) : 0)), 1e-3, $"row {row}");
        }
    }

    [TestMethod]
    public void Conditional_PerplexityBeyondTheRows_IsRefused()
    {
        using var scope = NewDisposeScope();
        var e = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => JointProbabilities.Conditional(TestTensors.Noise(8, 3), 8));
        StringAssert.Contains(e.Message, "The perplexity is 8; with 8 rows it must be 1 to 7");
    }

    [TestMethod]
    public void DivergenceAndGradient_SmallCase_EqualScikitLearn()
    {
        using var scope = NewDisposeScope();
        var joint = JointProbabilities.Compute(TestTensors.Noise(8, 3), 2.5);
        var map = TestTensors.Wave(8, 2);
        Assert.AreEqual(Divergence, TSne.Divergence(joint, map).item<double>(), 1e-4);
        TestTensors.AreClose(Gradient, TSneGradient.Compute(joint, map), 1e-4);
    }

    [TestMethod]
    [DataRow(8)]
    [DataRow(19)]
    public void Gradient_SmallCase_EqualsFiniteDifferences(int rows)
    {
        using var scope = NewDisposeScope();
        const double Step = 1e-5;
        var joint = JointProbabilities.Compute(TestTensors.Noise(rows, 3), 2.5);
        var map = TestTensors.Values(TestTensors.Wave(rows, 2));
        var gradient = TestTensors.Values(TSneGradient.Compute(joint, TestTensors.Wave(rows, 2)));
        TestTensors.AreClose(gradient, TSneGradient.Compute(joint.to(ScalarType.Float32), TestTensors.Wave(rows, 2).to(ScalarType.Float32)), 1e-6);
        for (var i = 0; i < map.Length; i++)
            Assert.AreEqual((Moved(i, Step) - Moved(i, -Step)) / (2 * Step), gradient[i], 1e-8, $"coordinate {i}");

        double Moved(int index, double by)
        {
            var moved = (double[])map.Clone();
            moved[index] += by;
            return TSne.Divergence(joint, tensor(moved, rows, 2)).item<double>();
        }
    }

    [TestMethod]
    public void Embed_ThreeBlobs_KeepsNeighboursOfOneBlobTogether()
    {
        using var scope = NewDisposeScope();
        var (rows, blobs) = Blobs();
        var map = TSne.Embed(rows);
        var (_, nearest) = cdist(map, map).Plus(eye(150, dtype: ScalarType.Float64).Times(1e9)).min(1L);
        var neighbours = nearest.data<long>().ToArray();
        Assert.IsGreaterThan(0.99, neighbours.Index().Average(n => blobs[n.Index] == blobs[n.Item] ? 1.0 : 0.0));
    }

    [TestMethod]
    public void Embed_MoreIterations_LowerTheDivergence()
    {
        using var scope = NewDisposeScope();
        var (rows, _) = Blobs();
        var joint = JointProbabilities.Compute(rows, 30);
        double After(int iterations) => TSne.Divergence(joint, TSne.Embed(rows, iterations: iterations)).item<double>();
        var (start, end) = (After(0), After(500));
        Assert.IsLessThan(0.5 * start, end);
        // scikit-learn's descent ends at 0.263.
        Assert.AreEqual(0.263, end, 0.03);
    }

    [TestMethod]
    public void Embed_SameSeed_GivesTheSameMap()
    {
        using var scope = NewDisposeScope();
        var (rows, _) = Blobs();
        var map = TestTensors.Values(TSne.Embed(rows, seed: 3, iterations: 100));
        CollectionAssert.AreEqual(map, TestTensors.Values(TSne.Embed(rows, seed: 3, iterations: 100)));
        CollectionAssert.AreNotEqual(map, TestTensors.Values(TSne.Embed(rows, seed: 4, iterations: 100)));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(4)]
    [DataRow(5)]
    [DataRow(20)]
    public void Embed_FewRows_GivesFinitePoints(int n)
    {
        using var scope = NewDisposeScope();
        var map = TSne.Embed(n == 0 ? zeros(0, 3) : TestTensors.Noise(n, 3), iterations: 100);
        CollectionAssert.AreEqual(new long[] { n, 2 }, map.shape);
        Assert.IsTrue(TestTensors.Values(map).All(double.IsFinite));
    }

    [TestMethod]
    public void Embed_RowsAllTheSame_GivesFinitePointsApart()
    {
        using var scope = NewDisposeScope();
        var map = TSne.Embed(ones(40, 3));
        Assert.IsTrue(TestTensors.Values(map).All(double.IsFinite));
        Assert.HasCount(80, TestTensors.Values(map).Distinct());
    }

    [TestMethod]
    public void Embed_HalfTheRowsTheSame_GivesFinitePoints()
    {
        using var scope = NewDisposeScope();
        var map = TSne.Embed(cat(new[] { TestTensors.Noise(40, 3), ones(40, 3, ScalarType.Float64) }), perplexity: 5);
        Assert.IsTrue(TestTensors.Values(map).All(double.IsFinite));
    }

    [TestMethod]
    public void Embed_Cancelled_Stops()
    {
        using var scope = NewDisposeScope();
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsExactly<OperationCanceledException>(() => TSne.Embed(TestTensors.Noise(10, 3), cancellation: cancelled.Token));
    }

    // Three blobs of 50 rows in 10 dimensions, far apart.
    private static (Tensor Rows, int[] Blobs) Blobs()
    {
        var blobs = Enumerable.Range(0, 150).Select(i => i % 3).ToArray();
        var middles = tensor(blobs.SelectMany(b => Enumerable.Range(0, 10).Select(j => j == b ? 6.0 : 0.0)).ToArray(), 150, 10);
        return (TestTensors.Noise(150, 10).Plus(middles), blobs);
    }
}
