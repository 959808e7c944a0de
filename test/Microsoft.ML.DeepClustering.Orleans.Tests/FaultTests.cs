using Microsoft.ML.DeepClustering.Orleans.Tests.Support;

namespace Microsoft.ML.DeepClustering.Orleans.Tests;

/// <summary>Processes that are killed in the middle of a training.</summary>
[TestClass]
public sealed class FaultTests
{
    private const int Epochs = 300;

    private static readonly Lazy<Trained> Whole = new(() => Trainings.Fit(Trainings.Options(Epochs)));

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task Fit_SiloKilledOrStopped_ItsRunGoesOnElsewhereBitForBit(bool isKilled)
    {
        await using var silos = await TestSilos.StartAsync();
        var (watch, killed, resumed) = (new Watch(silos.Storage), false, false);
        var trained = Trainings.Fit(Trainings.Options(Epochs), silos.Grains, silos.Storage, line =>
        {
            resumed |= killed && line.Contains("is taken up from", StringComparison.Ordinal);
            if (killed || watch.Replaced() < 2)
                return;
            killed = true;
            if (isKilled)
                silos.Kill(1);
            else
                silos.Stop(1);
        });
        Assert.IsTrue(killed);
        Assert.IsTrue(resumed, "The run did not go on from its checkpoint.");
        trained.AssertSame(Whole.Value);
    }

    [TestMethod]
    public async Task Fit_AllSilosKilled_SaysSoAndGoesOnLater()
    {
        await using var silos = await TestSilos.StartAsync();
        var (watch, killed) = (new Watch(silos.Storage), false);
        var fault = Assert.ThrowsExactly<TimeoutException>(() => Trainings.Fit(
            Trainings.Options(Epochs), silos.Grains, silos.Storage,
            _ =>
            {
                if (killed || watch.Replaced() < 2)
                    return;
                killed = true;
                silos.Kill(0);
                silos.Kill(1);
            },
            patience: TimeSpan.FromSeconds(4)));
        StringAssert.StartsWith(fault.Message, "No silo of the cluster default has answered for 4 s");
        StringAssert.Contains(fault.Message, $"0 of 4 runs are finished and stay in {silos.Storage}");

        await silos.StartSilosAsync();
        var resumed = 0;
        Trainings.Fit(Trainings.Options(Epochs), silos.Grains, silos.Storage, line => resumed += line.Contains("is taken up from", StringComparison.Ordinal) ? 1 : 0).AssertSame(Whole.Value);
        Assert.AreEqual(2, resumed);
    }

    [TestMethod]
    public async Task Fit_CallerKilled_TheSameAgainJoinsItsRuns()
    {
        await using var silos = await TestSilos.StartAsync();
        string[] arguments = ["train", string.Join(',', silos.Gateways), silos.Storage, $"{Epochs}"];
        using (var caller = new OwnProcess(arguments))
        {
            await caller.LineAsync("progress 1/20");
            caller.Kill();
        }

        using var again = new OwnProcess(arguments);
        Assert.AreEqual($"model {Whole.Value.Model}", await again.LineAsync("model "));
        var begun = silos.Lines(0).Concat(silos.Lines(1)).Count(line => line.Contains("has come to this silo", StringComparison.Ordinal));
        Assert.AreEqual(4, begun, "A run that was being made was not joined.");
    }

    // How many checkpoints in the storage have been replaced by later ones, and so have epochs behind them.
    private sealed class Watch(string storage)
    {
        private readonly Dictionary<string, DateTime> _first = [];

        public int Replaced()
        {
            var folder = new DirectoryInfo(Path.Combine(storage, "runs"));
            if (!folder.Exists)
                return 0;
            var count = 0;
            foreach (var file in folder.GetFiles("*.checkpoint"))
            {
                if (!_first.TryAdd(file.Name, file.LastWriteTimeUtc) && _first[file.Name] != file.LastWriteTimeUtc)
                    count++;
            }

            return count;
        }
    }
}
