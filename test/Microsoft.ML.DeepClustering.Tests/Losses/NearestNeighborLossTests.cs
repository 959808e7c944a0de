using Microsoft.ML.DeepClustering.Kernels;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Losses;

/// <summary>The loss that UNSEEN adds. Golden numbers: the formula in NumPy, in float64, on the inputs of <see cref="TestTensors"/>.</summary>
[TestClass]
public sealed class NearestNeighborLossTests
{
    private static Tensor Embeddings => TestTensors.Noise(7, 4).Times(3.0);

    [TestMethod]
    [DataRow(3, false, 3.0665063570633753)]
    [DataRow(3, true, 0.5394111957260855)]
    [DataRow(7, false, 2.211634036502754)]
    [DataRow(7, true, 0.3890356063963654)]
    public void Compute_GoldenInput_MatchesTheFormula(int clusters, bool relative, double expected)
    {
        using var scope = NewDisposeScope();
        Assert.AreEqual(expected, TestTensors.Value(Loss(Embeddings, clusters, relative)), 1e-8);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Compute_NaiveLoops_Agree(bool relative)
    {
        using var scope = NewDisposeScope();
        var z = TestTensors.Values(Embeddings).Chunk(4).ToArray();
        double[] weights = [0.5, 1.5, 1, 0.25, 1.75, 1.25, 0.75];
        var (near, all) = (0.0, 0.0);
        for (var i = 0; i < 7; i++)
        {
            var others = Enumerable.Range(0, 7).Where(j => j != i).Select(j => z[i].Zip(z[j], (a, b) => (a - b) * (a - b)).Sum()).Order().ToArray();
            near += weights[i] * others.Take(2).Average() / 7;
            all += others.Sum() / 42;
        }

        // 7 rows and 3 clusters: 2 neighbours.
        Assert.AreEqual(relative ? near / all : near, TestTensors.Value(Loss(Embeddings, 3, relative, tensor(weights))), 1e-9);
    }

    [TestMethod]
    [DataRow(3, false)]
    [DataRow(3, true)]
    public void Compute_Gradient_MatchesFiniteDifferences(int clusters, bool relative)
    {
        using var scope = NewDisposeScope();
        FiniteDifference.Check(z => Loss(z, clusters, relative), Embeddings);
    }

    [TestMethod]
    public void Compute_MovedTurnedOrPermutedRows_DoNotChangeIt()
    {
        using var scope = NewDisposeScope();
        var expected = TestTensors.Value(Loss(Embeddings, 3, relative: true));
        var permuted = Embeddings.index_select(0, tensor(new long[] { 3, 1, 5, 0, 4, 2, 6 }));
        Assert.AreEqual(expected, TestTensors.Value(Loss(permuted, 3, relative: true)), 1e-12);
        Assert.AreEqual(expected, TestTensors.Value(Loss(Embeddings.Plus(100), 3, relative: true)), 1e-9);
        // Relative to all pairs, the scale does not matter either.
        Assert.AreEqual(expected, TestTensors.Value(Loss(Embeddings.Times(10), 3, relative: true)), 1e-9);
    }

    [TestMethod]
    public void Compute_TwoClustersOneRowOrEqualRows_IsFinite()
    {
        using var scope = NewDisposeScope();
        Assert.AreEqual(0, TestTensors.Value(Loss(Embeddings, 2, relative: true)));
        Assert.AreEqual(0, TestTensors.Value(Loss(Embeddings.narrow(0, 0, 1), 5, relative: true)));
        Assert.AreEqual(0, TestTensors.Value(Loss(ones(4, 3), 3, relative: true)));
        Assert.IsTrue(FiniteDifference.Gradient(z => Loss(z, 3, relative: true), ones(4, 3)).isfinite().all().item<bool>());
    }

    private static Tensor Loss(Tensor z, long clusters, bool relative, Tensor? weights = null)
        => NearestNeighborLoss.Compute(EuclideanDistance.SquaredPairwise(z), clusters, relative, weights);
}
