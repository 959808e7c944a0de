using Microsoft.ML.DeepClustering.Methods.Companions;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

/// <summary>The companion objective. Golden numbers: the equations written out in NumPy, in float64, on the inputs of <see cref="TestTensors"/>.</summary>
[TestClass]
public sealed class CompanionObjectiveTests
{
    [TestMethod]
    [DataRow(CompanionKernel.Tensor, 0.33725712753530146)]
    [DataRow(CompanionKernel.Naive, 0.3336552128963072)]
    public void AddTo_GoldenInput_MatchesTheEquation(CompanionKernel kernel, double expected)
    {
        var terms = Terms(kernel, CompanionWeighting.Constant, 0.1, TestTensors.Assignments(5, 3), [TestTensors.Noise(5, 3, 4, 4)]);
        Assert.AreEqual("companion/1", terms.Items[0].Name);
        Assert.AreEqual(0.1 * expected, TestTensors.Value(terms.Total()), 1e-7);
    }

    [TestMethod]
    [DataRow(CompanionWeighting.Constant, 1.0, 1.0, 1.0)]
    [DataRow(CompanionWeighting.Linear, 1 / 3.0, 2 / 3.0, 1.0)]
    [DataRow(CompanionWeighting.Exponential, 0.01, 0.1, 1.0)]
    public void BlockWeight_ThreeBlocks_FollowsItsFormula(CompanionWeighting weighting, double first, double second, double third)
    {
        Assert.AreEqual(first, CompanionObjective.BlockWeight(weighting, 1, 3), 1e-15);
        Assert.AreEqual(second, CompanionObjective.BlockWeight(weighting, 2, 3), 1e-15);
        Assert.AreEqual(third, CompanionObjective.BlockWeight(weighting, 3, 3), 1e-15);
    }

    [TestMethod]
    public void AddTo_TwoBlocks_WeighsEach()
    {
        var a = TestTensors.Assignments(5, 3);
        Tensor[] blocks = [TestTensors.Noise(5, 3, 4, 4), TestTensors.Wave(5, 7)];
        var weighted = Terms(CompanionKernel.Naive, CompanionWeighting.Exponential, 0.5, a, blocks);
        var first = Terms(CompanionKernel.Naive, CompanionWeighting.Constant, 1, a, [blocks[0]]);
        var second = Terms(CompanionKernel.Naive, CompanionWeighting.Constant, 1, a, [blocks[1]]);
        Assert.AreEqual(0.05 * TestTensors.Value(first.Total()), TestTensors.Value(weighted.Items[0].Value), 1e-12);
        Assert.AreEqual(0.5 * TestTensors.Value(second.Total()), TestTensors.Value(weighted.Items[1].Value), 1e-12);
    }

    [TestMethod]
    [DataRow(CompanionKernel.Tensor)]
    [DataRow(CompanionKernel.Naive)]
    public void AddTo_Assignments_ReceiveGradient(CompanionKernel kernel)
    {
        var block = TestTensors.Noise(5, 3, 4, 4);
        FiniteDifference.Check(a => Terms(kernel, CompanionWeighting.Constant, 1, a, [block]).Total(), TestTensors.Assignments(5, 3));
    }

    private static LossTerms Terms(CompanionKernel kernel, CompanionWeighting weighting, double weight, Tensor a, Tensor[] blocks)
    {
        var terms = new LossTerms();
        new CompanionObjective(new() { Kernel = kernel, Weighting = weighting, Weight = weight }).AddTo(terms, a, blocks);
        return terms;
    }
}
