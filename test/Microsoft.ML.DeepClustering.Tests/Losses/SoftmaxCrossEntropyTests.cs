using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Losses;

/// <summary>The clustering loss of DEPICT. Golden numbers: the equation written out in NumPy, in float64, on the inputs of <see cref="TestTensors"/>.</summary>
[TestClass]
public sealed class SoftmaxCrossEntropyTests
{
    // (6, 4) each.
    private static Tensor Logits => TestTensors.Noise(6, 4).Times(5.0);

    private static Tensor Target => TestTensors.Assignments(6, 4);

    [TestMethod]
    public void Compute_GoldenInput_MatchesTheEquation()
    {
        using var scope = NewDisposeScope();
        Assert.AreEqual(2.0458233013290203, TestTensors.Value(SoftmaxCrossEntropy.Compute(Target, Logits)), 1e-9);
    }

    [TestMethod]
    public void Compute_NaiveLoops_Agree()
    {
        using var scope = NewDisposeScope();
        var (q, logits) = (TestTensors.Values(Target).Chunk(4).ToArray(), TestTensors.Values(Logits).Chunk(4).ToArray());
        double[] weights = [0.5, 1.5, 1, 0.25, 1.75, 1];
        var expected = 0.0;
        for (var i = 0; i < 6; i++)
        {
            var sum = logits[i].Sum(Math.Exp);
            for (var j = 0; j < 4; j++)
                expected -= weights[i] * q[i][j] * Math.Log(Math.Exp(logits[i][j]) / sum) / 6;
        }

        Assert.AreEqual(expected, TestTensors.Value(SoftmaxCrossEntropy.Compute(Target, Logits, tensor(weights))), 1e-12);
    }

    [TestMethod]
    public void Compute_Gradient_MatchesFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        FiniteDifference.Check(l => SoftmaxCrossEntropy.Compute(Target, l), Logits);
    }

    [TestMethod]
    public void Compute_PermutedRowsOrClusters_DoNotChangeIt()
    {
        using var scope = NewDisposeScope();
        var expected = TestTensors.Value(SoftmaxCrossEntropy.Compute(Target, Logits));
        foreach (var (dimension, order) in new[] { (0, new long[] { 3, 1, 5, 0, 4, 2 }), (1, [2, 0, 3, 1]) })
        {
            var places = tensor(order);
            Assert.AreEqual(expected, TestTensors.Value(SoftmaxCrossEntropy.Compute(Target.index_select(dimension, places), Logits.index_select(dimension, places))), 1e-12);
        }
    }

    [TestMethod]
    public void Compute_LogitsThatAreFarApart_IsFinite()
    {
        using var scope = NewDisposeScope();
        var far = Logits.Times(1e4).to(ScalarType.Float32);
        var target = Target.to(ScalarType.Float32);
        Assert.IsTrue(double.IsFinite(TestTensors.Value(SoftmaxCrossEntropy.Compute(target, far))));
        Assert.IsTrue(FiniteDifference.Gradient(l => SoftmaxCrossEntropy.Compute(target, l), far).isfinite().all().item<bool>());
    }
}
