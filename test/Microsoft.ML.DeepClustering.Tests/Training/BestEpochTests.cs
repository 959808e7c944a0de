using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Training.Listeners;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Training;

[TestClass]
public sealed class BestEpochTests
{
    [TestMethod]
    public void Restore_LossRoseAgain_GivesBackTheWeightsOfTheLowest()
        => Keeps(2, Epoch(1, 0.9), Epoch(2, 0.4), Epoch(3, 0.7), Epoch(4, double.NaN), Epoch(5, 0.4));

    [TestMethod]
    public void Restore_NoEpochEvaluated_GivesBackTheLastFiniteOne()
        => Keeps(2, Epoch(1, null), Epoch(2, null), Epoch(3, null) with { TotalLoss = double.NaN });

    [TestMethod]
    public void Restore_AnEpochEvaluated_ComesBeforeThoseThatAreNot()
        => Keeps(2, Epoch(1, null), Epoch(2, 0.9), Epoch(3, null));

    [TestMethod]
    public void Restore_LowestLossAfterACollapse_GivesBackTheEpochBeforeIt()
        => Keeps(1, Epoch(1, 0.9), Epoch(2, 0.1) with { HasCollapsed = true });

    [TestMethod]
    public void Restore_CollapseAtTheOnlyEvaluation_GivesBackTheLastEpochWithClusters()
        => Keeps(2, Epoch(1, null), Epoch(2, null), Epoch(3, null) with { HasCollapsed = true }, Epoch(4, 0.1) with { HasCollapsed = true });

    [TestMethod]
    public void Restore_OneClusterAtFirst_GivesBackTheEpochWithClusters()
        => Keeps(2, Epoch(1, 0.1) with { HasCollapsed = true }, Epoch(2, 0.9));

    [TestMethod]
    public void Restore_WeightsNotFinite_AreNotKept()
    {
        using var module = nn.Linear(2, 1, false);
        using var best = new BestEpoch(module);
        Fill(module, 1);
        best.OnEpochEnd(null!, Epoch(1, null));
        Fill(module, float.PositiveInfinity);
        best.OnEpochEnd(null!, Epoch(2, null));
        best.Restore();
        TestTensors.AreClose([1, 1], module.weight, 0);
    }

    [TestMethod]
    public void Restore_NoEpochYet_LeavesTheWeights()
    {
        using var module = nn.Linear(2, 1, false);
        using var best = new BestEpoch(module);
        Fill(module, 3);
        best.Restore();
        Assert.AreEqual(0, best.Kept.Epoch);
        TestTensors.AreClose([3, 3], module.weight, 0);
    }

    // The weights of each epoch are its number.
    private static void Keeps(int expected, params EpochRecord[] epochs)
    {
        using var module = nn.Linear(2, 1, false);
        using var best = new BestEpoch(module);
        foreach (var epoch in epochs)
        {
            Fill(module, epoch.Epoch);
            best.OnEpochEnd(null!, epoch);
        }

        best.Restore();
        Assert.AreEqual(expected, best.Kept.Epoch);
        Assert.AreEqual(epochs[expected - 1].EvaluationLoss ?? epochs[expected - 1].TotalLoss, best.Kept.Loss);
        TestTensors.AreClose([expected, expected], module.weight, 0);
    }

    private static EpochRecord Epoch(int epoch, double? loss) => new("clustering", epoch, new Dictionary<string, double>(), loss ?? 1, loss, 1);

    private static void Fill(TorchSharp.Modules.Linear module, float value)
    {
        using var gradientsOff = no_grad();
        module.weight.SetTo(value);
    }
}
