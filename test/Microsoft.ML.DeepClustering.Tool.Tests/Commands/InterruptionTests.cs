using Microsoft.ML.DeepClustering.Tool.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tool.Tests.Commands;

/// <summary>Ctrl+C leaves a checkpoint, and the same command ends as if nothing had been.</summary>
[TestClass]
public sealed class InterruptionTests
{
    private readonly Workspace _work = new();

    [TestCleanup]
    public void Delete() => _work.Dispose();

    [TestMethod]
    public async Task Train_Interrupted_TheSameCommandEndsWithTheSameClusters()
    {
        var data = _work.Write("my data.csv", Drawn.Csv(60));
        string[] arguments = ["train", data, "--clusters", "2", "--epochs", "6", "--pretraining-epochs", "4", "--threads", "1", "-o"];
        await _work.RunWellAsync([.. arguments, _work.PathOf("whole")]);

        Assert.AreEqual(ExitCodes.Interrupted, await _work.RunAsync("clustering: epoch 1/", [.. arguments, _work.PathOf("out")]));
        StringAssert.Contains(_work.Output, "Stopped. The checkpoint is");
        StringAssert.Contains(_work.Output, $"deep-cluster train \"{data}\" --clusters 2");
        CollectionAssert.AreEqual(new[] { _work.PathOf("out/training.checkpoint") }, Directory.GetFileSystemEntries(_work.PathOf("out")));

        await _work.RunWellAsync([.. arguments, _work.PathOf("out")]);
        StringAssert.Contains(_work.Output, "Going on from");
        Assert.AreEqual(File.ReadAllText(_work.PathOf("whole/clusters.csv")), File.ReadAllText(_work.PathOf("out/clusters.csv")));
        Assert.IsFalse(File.Exists(_work.PathOf("out/training.checkpoint")), "A checkpoint of a training that has ended is of no use.");
    }

    [TestMethod]
    public async Task Train_CheckpointOfOtherSettings_SaysWhichAndFreshBeginsAnew()
    {
        var data = _work.Write("data.csv", Drawn.Csv(60));
        string[] arguments = ["train", data, "--epochs", "6", "--pretraining-epochs", "4", "--threads", "1", "-o", _work.PathOf("out"), "--clusters"];
        Assert.AreEqual(ExitCodes.Interrupted, await _work.RunAsync("epoch 1/", [.. arguments, "2"]));
        Assert.AreEqual(ExitCodes.BadInput, await _work.RunAsync([.. arguments, "3"]));
        StringAssert.Contains(_work.Errors, "NumberOfClusters is 3, and was 2");
        StringAssert.Contains(_work.Errors, "--fresh");
        StringAssert.Contains(_work.Errors, "another --output");
        Assert.IsFalse(_work.Errors.Contains("CheckpointPath", StringComparison.Ordinal), _work.Errors);
        Assert.IsTrue(File.Exists(_work.PathOf("out/training.checkpoint")));
        await _work.RunWellAsync([.. arguments, "3", "--fresh"]);
    }

    [TestMethod]
    public async Task Train_InterruptedInTheScan_SaysThatNothingIsKept()
    {
        var data = _work.Write("data.csv", Drawn.Csv(40));
        var before = _work.Entries();
        Assert.AreEqual(ExitCodes.Interrupted, await _work.RunAsync("Trying 2 to 10", ["train", data, "--threads", "1", "-o", _work.PathOf("out")]));
        StringAssert.Contains(_work.Output, "No --clusters: first come 27 short trainings");
        StringAssert.Contains(_work.Output, "nothing is kept of that. --clusters K spares it.");
        CollectionAssert.AreEqual(before, _work.Entries());
    }

    [TestMethod]
    public async Task Train_InterruptedWhileReading_LeavesNothing()
    {
        var data = _work.Write("data.csv", Drawn.Csv(60));
        var before = _work.Entries();
        Assert.AreEqual(ExitCodes.Interrupted, await _work.RunAsync("numbers, scaled", ["train", data, "-o", _work.PathOf("out")]));
        CollectionAssert.AreEqual(before, _work.Entries());
    }
}
