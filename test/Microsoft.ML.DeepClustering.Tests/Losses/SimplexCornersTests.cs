using Microsoft.ML.DeepClustering.Kernels;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Losses;

/// <summary>Distances to the corners of the simplex, and the divergence on them. Golden numbers: the equation written out in NumPy, in float64, on the inputs of <see cref="TestTensors"/>.</summary>
[TestClass]
public sealed class SimplexCornersTests
{
    // A: (6, 3)
    private static Tensor Assignments => TestTensors.Assignments(6, 3);

    // K of h (6, 4): (6, 6)
    private static Tensor Kernel => GaussianKernel.Compute(
        EuclideanDistance.SquaredPairwise(TestTensors.Wave(6, 4) * tensor(new[] { 1.0, 2.0, 3.0, 4.0 })), BandwidthRule.MedianOfSquaredDistances);

    [TestMethod]
    public void Compute_GoldenInput_MatchesTheEquation()
        => Assert.AreEqual(0.677788894323666, TestTensors.Value(SimplexCorners.Compute(Assignments, Kernel)), 1e-12);

    [TestMethod]
    public void SquaredDistances_GoldenInput_AreThoseToTheUnitVectors()
        => TestTensors.AreClose(
            [0.312271624155, 0.890566898657, 0.219839213713],
            SimplexCorners.SquaredDistances(Assignments).neg().exp()[0],
            1e-10);

    [TestMethod]
    public void SquaredDistances_NaiveLoops_Agree()
    {
        var a = TestTensors.Values(TestTensors.Assignments(9, 4)).Chunk(4);
        var expected = from row in a
                       from corner in Enumerable.Range(0, 4)
                       select row.Select((v, j) => Math.Pow(v - (j == corner ? 1 : 0), 2)).Sum();
        TestTensors.AreClose(expected.ToArray(), SimplexCorners.SquaredDistances(TestTensors.Assignments(9, 4)), 1e-12);
    }

    [TestMethod]
    public void Compute_PermutedClusters_DoesNotChange()
    {
        var permuted = Assignments.index_select(1, tensor(new long[] { 2, 0, 1 }));
        Assert.AreEqual(TestTensors.Value(SimplexCorners.Compute(Assignments, Kernel)), TestTensors.Value(SimplexCorners.Compute(permuted, Kernel)), 1e-12);
    }

    [TestMethod]
    public void Compute_PermutedBatch_DoesNotChange()
    {
        var order = tensor(new long[] { 3, 1, 5, 0, 4, 2 });
        var permuted = Assignments.index_select(0, order);
        var kernel = Kernel.index_select(0, order).index_select(1, order);
        Assert.AreEqual(TestTensors.Value(SimplexCorners.Compute(Assignments, Kernel)), TestTensors.Value(SimplexCorners.Compute(permuted, kernel)), 1e-12);
    }

    [TestMethod]
    public void Compute_Gradient_MatchesFiniteDifferences() => FiniteDifference.Check(a => SimplexCorners.Compute(a, Kernel), Assignments);
}
