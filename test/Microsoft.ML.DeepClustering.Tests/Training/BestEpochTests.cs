#nullable disable
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Training;

[TestClass]
public sealed class BestEpochTests
{
    [TestMethod]
    public void Restore_LossRoseAgain_GivesBackTheWeightsOfTheLowest()
    {
        using var module = nn.Linear(2, 1, false);
        using var best = new BestEpoch(module);
        foreach (var (epoch, loss) in new[] { (1, 0.9), (2, 0.4), (3, 0.7), (4, double.NaN), (5, 0.4) })
        {
            using (no_grad())
                module.weight.fill_(epoch);
            best.OnEpochEnd(null, new EpochRecord("clustering", epoch, new Dictionary<string, double>(), loss, loss, 1));
        }

        best.Restore();
        Assert.AreEqual((2, 0.4), (best.Epoch, best.LowestLoss));
        TestTensors.AreClose([2, 2], module.weight, 0);
    }

    [TestMethod]
    public void Restore_NoEpochEvaluated_LeavesTheWeights()
    {
        using var module = nn.Linear(2, 1, false);
        using var best = new BestEpoch(module);
        using (no_grad())
            module.weight.fill_(3);
        best.OnEpochEnd(null, new EpochRecord("clustering", 1, new Dictionary<string, double>(), 1, null, 1));
        best.Restore();
        Assert.AreEqual(0, best.Epoch);
        TestTensors.AreClose([3, 3], module.weight, 0);
    }
}
