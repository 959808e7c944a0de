using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Losses;

/// <summary>The cross-entropy of BRB's pair loss. Golden number: the formula in NumPy, in float64, on the inputs of <see cref="TestTensors"/>.</summary>
[TestClass]
public sealed class AssignmentCrossEntropyTests
{
    private static Tensor Assignments => TestTensors.Assignments(5, 3);

    private static Tensor Target => nn.functional.softmax(TestTensors.Noise(5, 3), 1);

    [TestMethod]
    public void Compute_GoldenInput_MatchesTheFormula()
    {
        using var scope = NewDisposeScope();
        Assert.AreEqual(1.7759674989660232, TestTensors.Value(AssignmentCrossEntropy.Compute(Target, Assignments)), 1e-9);
    }

    [TestMethod]
    public void Compute_NaiveLoops_Agree()
    {
        using var scope = NewDisposeScope();
        var (p, q, w) = (TestTensors.Values(Target), TestTensors.Values(Assignments), new[] { 0.5, 1.5, 1, 0.25, 1.75 });
        var expected = 0.0;
        for (var i = 0; i < 5; i++)
        {
            for (var j = 0; j < 3; j++)
                expected -= w[i] * p[i * 3 + j] * Math.Log(q[i * 3 + j] + 1e-8) / 5;
        }

        Assert.AreEqual(expected, TestTensors.Value(AssignmentCrossEntropy.Compute(Target, Assignments, tensor(w))), 1e-12);
    }

    [TestMethod]
    public void Compute_Gradient_IsThatOfTheDivergenceAndOfFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        FiniteDifference.Check(q => AssignmentCrossEntropy.Compute(Target, q), Assignments);
        var ofDivergence = FiniteDifference.Gradient(q => AssignmentDivergence.Compute(Target, q), Assignments);
        TestTensors.AreClose(TestTensors.Values(ofDivergence), FiniteDifference.Gradient(q => AssignmentCrossEntropy.Compute(Target, q), Assignments), 1e-5);
    }

    [TestMethod]
    public void Compute_PermutedRowsOrClusters_DoesNotChange()
    {
        using var scope = NewDisposeScope();
        var expected = TestTensors.Value(AssignmentCrossEntropy.Compute(Target, Assignments));
        var (rows, clusters) = (tensor(new long[] { 4, 2, 0, 1, 3 }), tensor(new long[] { 2, 0, 1 }));
        Assert.AreEqual(expected, TestTensors.Value(AssignmentCrossEntropy.Compute(Target.index_select(0, rows), Assignments.index_select(0, rows))), 1e-14);
        Assert.AreEqual(expected, TestTensors.Value(AssignmentCrossEntropy.Compute(Target.index_select(1, clusters), Assignments.index_select(1, clusters))), 1e-14);
    }

    [TestMethod]
    public void Compute_AnAssignmentOfZero_IsFinite()
    {
        using var scope = NewDisposeScope();
        Assert.AreEqual(-Math.Log(1e-8), TestTensors.Value(AssignmentCrossEntropy.Compute(tensor(new[] { 1.0, 0 }, 1, 2), tensor(new[] { 0.0, 1 }, 1, 2))), 1e-9);
    }
}
