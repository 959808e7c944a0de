#nullable disable
using Microsoft.ML.DeepClustering.Kernels;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Losses;

[TestClass]
public sealed class DdcLossTests
{
    // h: (6, 4), α: (6, 3)
    private static Tensor Embedding => TestTensors.Wave(6, 4) * tensor(new[] { 1.0, 2.0, 3.0, 4.0 });

    private static Tensor Kernel => GaussianKernel.Compute(EuclideanDistance.SquaredPairwise(Embedding), BandwidthRule.MedianOfSquaredDistances);

    [TestMethod]
    public void CauchySchwarzDivergence_GoldenInput_MatchesNumpy()
        => Assert.AreEqual(0.4075236779387629, TestTensors.Value(CauchySchwarzDivergence.Compute(TestTensors.Assignments(6, 3), Kernel)), 1e-12);

    [TestMethod]
    public void AssignmentOrthogonality_GoldenInput_MatchesNumpy()
        => Assert.AreEqual(0.27728135542915605, TestTensors.Value(AssignmentOrthogonality.Compute(TestTensors.Assignments(6, 3))), 1e-12);

    [TestMethod]
    public void SimplexCorners_GoldenInput_MatchesNumpy()
        => Assert.AreEqual(0.677788894323666, TestTensors.Value(SimplexCorners.Compute(TestTensors.Assignments(6, 3), Kernel)), 1e-12);

    [TestMethod]
    public void SimplexCorners_Distances_AreThoseToTheUnitVectors()
        => TestTensors.AreClose(
            [0.312271624155, 0.890566898657, 0.219839213713],
            SimplexCorners.SquaredDistances(TestTensors.Assignments(6, 3)).neg().exp()[0],
            1e-10);

    [TestMethod]
    public void CauchySchwarzDivergence_NaiveLoops_Agree()
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
    public void CauchySchwarzDivergence_EmptyClusters_HasFiniteValueAndGradient()
    {
        var a = zeros(new long[] { 6, 3 }, dtype: ScalarType.Float64);
        a.narrow(1, 0, 1).SetTo(1);
        Assert.IsTrue(double.IsFinite(TestTensors.Value(CauchySchwarzDivergence.Compute(a, Kernel))));
        var gradient = FiniteDifference.Gradient(x => CauchySchwarzDivergence.Compute(x, Kernel), a);
        Assert.IsTrue(gradient.isfinite().all().item<bool>());
    }

    [TestMethod]
    public void CauchySchwarzDivergence_SeparatedBlocks_IsNearZero()
    {
        var a = eye(2, dtype: ScalarType.Float64).repeat_interleave(3, 0);
        var kernel = a.matmul(a.transpose(0, 1));
        Assert.AreEqual(0, TestTensors.Value(CauchySchwarzDivergence.Compute(a, kernel)), 1e-8);
        Assert.AreEqual(1, TestTensors.Value(CauchySchwarzDivergence.Compute(a, ones_like(kernel))), 1e-12);
    }

    [TestMethod]
    public void Terms_PermutedClusters_DoNotChange()
    {
        var a = TestTensors.Assignments(6, 3);
        var permuted = a.index_select(1, tensor(new long[] { 2, 0, 1 }));
        Check(a, Kernel, permuted, Kernel);
    }

    [TestMethod]
    public void Terms_PermutedBatch_DoNotChange()
    {
        var order = tensor(new long[] { 3, 1, 5, 0, 4, 2 });
        var permutedKernel = Kernel.index_select(0, order).index_select(1, order);
        Check(TestTensors.Assignments(6, 3), Kernel, TestTensors.Assignments(6, 3).index_select(0, order), permutedKernel);
    }

    [TestMethod]
    public void Terms_Gradients_MatchFiniteDifferences()
    {
        var a = TestTensors.Assignments(6, 3);
        FiniteDifference.Check(x => CauchySchwarzDivergence.Compute(x, Kernel), a);
        FiniteDifference.Check(AssignmentOrthogonality.Compute, a);
        FiniteDifference.Check(x => SimplexCorners.Compute(x, Kernel), a);
        FiniteDifference.Check(k => CauchySchwarzDivergence.Compute(a, k), Kernel);
    }

    [TestMethod]
    public void AssignmentOrthogonality_Corners_CountsSharedPairs()
    {
        // Two of four samples share a corner: one pair of six.
        var a = eye(3, dtype: ScalarType.Float64).index_select(0, tensor(new long[] { 0, 0, 1, 2 }));
        Assert.AreEqual(1 / 6.0, TestTensors.Value(AssignmentOrthogonality.Compute(a)), 1e-12);
    }

    private static void Check(Tensor a, Tensor kernel, Tensor b, Tensor other)
    {
        Func<Tensor, Tensor, Tensor>[] terms =
            [CauchySchwarzDivergence.Compute, (x, _) => AssignmentOrthogonality.Compute(x), SimplexCorners.Compute];
        foreach (var term in terms)
            Assert.AreEqual(TestTensors.Value(term(a, kernel)), TestTensors.Value(term(b, other)), 1e-12);
    }
}
