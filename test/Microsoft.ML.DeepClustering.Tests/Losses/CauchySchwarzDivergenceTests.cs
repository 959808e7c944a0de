using Microsoft.ML.DeepClustering.Kernels;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Losses;

/// <summary>The Cauchy-Schwarz divergence. Golden numbers: the equation written out in NumPy, in float64, on the inputs of <see cref="TestTensors"/>.</summary>
[TestClass]
public sealed class CauchySchwarzDivergenceTests
{
    // A: (6, 3)
    private static Tensor Assignments => TestTensors.Assignments(6, 3);

    // K of h (6, 4): (6, 6)
    private static Tensor Kernel => GaussianKernel.Compute(
        EuclideanDistance.SquaredPairwise(TestTensors.Wave(6, 4) * tensor(new[] { 1.0, 2.0, 3.0, 4.0 })), BandwidthRule.MedianOfSquaredDistances);

    [TestMethod]
    public void Compute_GoldenInput_MatchesTheEquation()
        => Assert.AreEqual(0.4075236779387629, TestTensors.Value(CauchySchwarzDivergence.Compute(Assignments, Kernel)), 1e-12);

    [TestMethod]
    public void Compute_NaiveLoops_Agree()
    {
        var a = TestTensors.Assignments(9, 4);
        var kernel = GaussianKernel.Compute(EuclideanDistance.SquaredPairwise(TestTensors.Noise(9, 5)), BandwidthRule.MedianOfSquaredDistances);
        double[] assignments = TestTensors.Values(a), values = TestTensors.Values(kernel);
        double Similarity(int i, int j)
        {
            var sum = 0.0;
            for (var s = 0; s < 9; s++)
            {
                for (var t = 0; t < 9; t++)
                    sum += assignments[s * 4 + i] * values[s * 9 + t] * assignments[t * 4 + j];
            }

            return sum;
        }

        var expected = 0.0;
        for (var i = 0; i < 3; i++)
        {
            for (var j = i + 1; j < 4; j++)
                expected += Similarity(i, j) / Math.Sqrt(Similarity(i, i) * Similarity(j, j)) * 2 / (4 * 3);
        }

        Assert.AreEqual(expected, TestTensors.Value(CauchySchwarzDivergence.Compute(a, kernel)), 1e-12);
    }

    [TestMethod]
    public void Compute_EmptyClusters_HasFiniteValueAndGradient()
    {
        var a = tensor(Enumerable.Repeat(new[] { 1.0, 0, 0 }, 6).SelectMany(row => row).ToArray(), new long[] { 6, 3 });
        Assert.IsTrue(double.IsFinite(TestTensors.Value(CauchySchwarzDivergence.Compute(a, Kernel))));
        var gradient = FiniteDifference.Gradient(x => CauchySchwarzDivergence.Compute(x, Kernel), a);
        Assert.IsTrue(gradient.isfinite().all().item<bool>());
    }

    [TestMethod]
    public void Compute_SeparatedBlocks_IsNearZero()
    {
        var a = eye(2, dtype: ScalarType.Float64).repeat_interleave(3, 0);
        var kernel = a.matmul(a.transpose(0, 1));
        Assert.AreEqual(0, TestTensors.Value(CauchySchwarzDivergence.Compute(a, kernel)), 1e-8);
        Assert.AreEqual(1, TestTensors.Value(CauchySchwarzDivergence.Compute(a, ones_like(kernel))), 1e-12);
    }

    [TestMethod]
    public void Compute_PermutedClusters_DoesNotChange()
    {
        var permuted = Assignments.index_select(1, tensor(new long[] { 2, 0, 1 }));
        Assert.AreEqual(TestTensors.Value(CauchySchwarzDivergence.Compute(Assignments, Kernel)), TestTensors.Value(CauchySchwarzDivergence.Compute(permuted, Kernel)), 1e-12);
    }

    [TestMethod]
    public void Compute_PermutedBatch_DoesNotChange()
    {
        var order = tensor(new long[] { 3, 1, 5, 0, 4, 2 });
        var permuted = Assignments.index_select(0, order);
        var kernel = Kernel.index_select(0, order).index_select(1, order);
        Assert.AreEqual(TestTensors.Value(CauchySchwarzDivergence.Compute(Assignments, Kernel)), TestTensors.Value(CauchySchwarzDivergence.Compute(permuted, kernel)), 1e-12);
    }

    [TestMethod]
    public void Compute_Gradients_MatchFiniteDifferences()
    {
        FiniteDifference.Check(a => CauchySchwarzDivergence.Compute(a, Kernel), Assignments);
        FiniteDifference.Check(k => CauchySchwarzDivergence.Compute(Assignments, k), Kernel);
    }
}
