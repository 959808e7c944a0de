using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Losses;

/// <summary>The orthogonality of the assignments of different samples. Golden numbers: the equation written out in NumPy, in float64, on the inputs of <see cref="TestTensors"/>.</summary>
[TestClass]
public sealed class AssignmentOrthogonalityTests
{
    // A: (6, 3)
    private static Tensor Assignments => TestTensors.Assignments(6, 3);

    [TestMethod]
    public void Compute_GoldenInput_MatchesTheEquation()
        => Assert.AreEqual(0.27728135542915605, TestTensors.Value(AssignmentOrthogonality.Compute(Assignments)), 1e-12);

    [TestMethod]
    public void Compute_NaiveLoops_Agree()
    {
        var a = TestTensors.Values(TestTensors.Assignments(9, 4)).Chunk(4).ToArray();
        var expected = 0.0;
        for (var i = 0; i < 9; i++)
        {
            for (var j = i + 1; j < 9; j++)
                expected += a[i].Zip(a[j], (x, y) => x * y).Sum() * 2 / (9 * 8);
        }

        Assert.AreEqual(expected, TestTensors.Value(AssignmentOrthogonality.Compute(TestTensors.Assignments(9, 4))), 1e-12);
    }

    [TestMethod]
    public void Compute_Corners_CountsSharedPairs()
    {
        // Two of four samples share a corner: one pair of six.
        var a = eye(3, dtype: ScalarType.Float64).index_select(0, tensor(new long[] { 0, 0, 1, 2 }));
        Assert.AreEqual(1 / 6.0, TestTensors.Value(AssignmentOrthogonality.Compute(a)), 1e-12);
    }

    [TestMethod]
    public void Compute_PermutedClusters_DoesNotChange()
    {
        var permuted = Assignments.index_select(1, tensor(new long[] { 2, 0, 1 }));
        Assert.AreEqual(TestTensors.Value(AssignmentOrthogonality.Compute(Assignments)), TestTensors.Value(AssignmentOrthogonality.Compute(permuted)), 1e-12);
    }

    [TestMethod]
    public void Compute_PermutedBatch_DoesNotChange()
    {
        var order = tensor(new long[] { 3, 1, 5, 0, 4, 2 });
        var permuted = Assignments.index_select(0, order);
        Assert.AreEqual(TestTensors.Value(AssignmentOrthogonality.Compute(Assignments)), TestTensors.Value(AssignmentOrthogonality.Compute(permuted)), 1e-12);
    }

    [TestMethod]
    public void Compute_Gradient_MatchesFiniteDifferences() => FiniteDifference.Check(a => AssignmentOrthogonality.Compute(a), Assignments);
}
