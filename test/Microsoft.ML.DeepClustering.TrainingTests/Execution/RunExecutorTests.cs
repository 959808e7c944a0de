using Microsoft.ML.DeepClustering.Execution;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Execution;

/// <summary>What a training with an executor gives and says.</summary>
[TestClass]
public sealed class RunExecutorTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(FeatureStorage.Memory)]
    [DataRow(FeatureStorage.Disk)]
    public void Fit_RunsInAnyOrder_SaysAndGivesWhatItDoesInThisThread(FeatureStorage storage)
    {
        var (here, elsewhere) = (Options(), Options());
        var (expected, said) = RunTrainings.Train(here.Options, null);
        var (outcome, lines) = RunTrainings.Train(elsewhere.Options, new WorkerExecutor());
        Assert.AreEqual(expected, outcome);
        CollectionAssert.AreEquivalent(Comparable(said), Comparable(lines), string.Join('\n', lines));
        CollectionAssert.AreEquivalent(here.Progress, elsewhere.Progress);

        (IdecOptions Options, List<string> Progress) Options()
        {
            var options = RunTrainings.Idec();
            var progress = new List<string>();
            options.FeatureStorage = storage;
            options.Progress = new Reporter(p => progress.Add((p with { Completed = null }).ToString()));
            return (options, progress);
        }
    }

    [TestMethod]
    public void Fit_RunsThatDiverge_AreToldByTheirNumbers()
    {
        var options = RunTrainings.Idec();
        (options.LearningRate, options.PretrainingLearningRate) = (1e30, 1e-3);
        var here = Assert.ThrowsExactly<InvalidOperationException>(() => RunTrainings.Train(options, null));
        var warnings = new List<string>();
        var ml = new MLContext(seed: 1);
        ml.Log += (_, e) => warnings.Add(e.RawMessage);
        options.RunExecutor = new WorkerExecutor();
        var elsewhere = Assert.ThrowsExactly<InvalidOperationException>(() => ml.Clustering.Trainers.Idec(options).Fit(RunTrainings.View(ml)));
        Assert.AreEqual(here.Message, elsewhere.Message);
        Assert.IsTrue(warnings.Any(w => w.StartsWith("Run 2 of 3 ended early: the loss became NaN", StringComparison.Ordinal)), string.Join('\n', warnings));
    }

    [TestMethod]
    public void HandOnUntil_SlowHandler_HearsOfEveryEpochAndEveryLine()
    {
        var (heard, lines) = (new List<TrainingProgress>(), new List<string>());
        var messages = Messages(heard.Add, lines.Add, CancellationToken.None);
        Fill(messages, 3000);
        messages.HandOnUntil(Task.CompletedTask);
        Assert.IsLessThan(1000, heard.Count(p => p.Completed is null), "What waits has a bound.");
        Assert.HasCount(3000, heard.Where(p => p.Completed is not null).ToArray());
        Assert.HasCount(3000, lines);
    }

    [TestMethod]
    public void HandOnUntil_Cancelled_TellsLinesAlone()
    {
        var (heard, lines) = (new List<TrainingProgress>(), new List<string>());
        using var cancellation = new CancellationTokenSource();
        var messages = Messages(progress =>
        {
            heard.Add(progress);
            cancellation.Cancel();
        }, lines.Add, cancellation.Token);
        Fill(messages, 10);
        messages.HandOnUntil(Task.CompletedTask);
        Assert.HasCount(1, heard);
        Assert.HasCount(10, lines);
    }

    private static RunMessages Messages(Action<TrainingProgress> hear, Action<string> log, CancellationToken cancellation)
        => new([new(RunTrainings.Idec(), "", 0, 1)], new(1, TorchSharp.torch.CPU, log, log), new Reporter(hear), cancellation);

    private static void Fill(RunMessages messages, int count)
    {
        var request = new RunRequest(0, "run", "key", "text", "result");
        for (var i = 1; i <= count; i++)
        {
            messages.Add(request, new(Progress: new(1, 1, "clustering", i, count, 1, 1, null)));
            messages.Add(request, new(Progress: new(1, 1, "clustering", i, count, 1, 1, new("clustering", i, new Dictionary<string, double>(), 0, null, 0))));
            messages.Add(request, new($"line {i}"));
        }
    }

    [TestMethod]
    public void Fit_HandlerThrows_EndsTheRunsWithItsOwnError()
    {
        var options = RunTrainings.Idec(epochs: 200);
        var own = new FormatException("my own");
        options.Progress = new Reporter(_ => throw own);
        var executor = new WorkerExecutor();
        Assert.AreSame(own, Assert.ThrowsExactly<FormatException>(() => RunTrainings.Train(options, executor)));
        Assert.IsFalse(Directory.Exists(Path.GetDirectoryName(executor.Batch!.DataPath)));
    }

    [TestMethod]
    public void Fit_RunElsewhere_IsToldWhatItsTextSays()
    {
        var texts = new List<RunRequest>();
        var executor = new WorkerExecutor
        {
            Make = (batch, request) =>
            {
                texts.Add(request);
                Assert.IsFalse(batch.HasProgress);
                Assert.Contains(batch.DataSha256, request.Text);
                RunWorker.Train(request.Text, batch.DataPath, request.ResultPath);
            },
        };
        RunTrainings.Train(RunTrainings.Idec(), executor);
        CollectionAssert.AreEqual(new[] { "run 3 of 3", "run 2 of 3", "run 1 of 3" }, texts.Select(t => t.Name).ToArray());
        CollectionAssert.AreEqual(new[] { 2, 1, 0 }, texts.Select(t => t.Index).ToArray());
        Assert.AreEqual(3, texts.Select(t => t.Key).Distinct().Count());
        var again = new WorkerExecutor { CheckpointPeriod = TimeSpan.Zero };
        RunTrainings.Train(RunTrainings.Idec(), again);
        CollectionAssert.AreEqual(again.Batch!.Requests.Select(r => r.Key).ToArray(), texts.Select(t => t.Key).Reverse().ToArray());
        Assert.IsFalse(texts.Any(t => t.Text.Contains(Path.GetTempPath(), StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Fit_ExecutorLeavesNoResult_IsRefused()
    {
        var nothing = new WorkerExecutor { Make = (_, _) => { } };
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => RunTrainings.Train(RunTrainings.Idec(), nothing)).Message, "no finished checkpoint of run 1 of 3");
        var other = new WorkerExecutor { Make = (batch, request) => RunWorker.Train(batch.Requests[0].Text, batch.DataPath, request.ResultPath) };
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => RunTrainings.Train(RunTrainings.Idec(), other)).Message, "Seed is 6, and was 5");
    }

    [TestMethod]
    public void Fit_CheckpointPathOrThreads_AreChecked()
    {
        var options = RunTrainings.Idec();
        options.CheckpointPath = "training.checkpoint";
        var fault = Assert.ThrowsExactly<ArgumentException>(() => RunTrainings.Train(options, new WorkerExecutor { ThreadsPerRun = 0 }));
        StringAssert.Contains(fault.Message, "CheckpointPath is training.checkpoint; it must be null where RunExecutor is set");
        StringAssert.Contains(fault.Message, "RunExecutor.ThreadsPerRun is 0; it must be 1 to 1024.");
    }

    // Without what differs from one training to the next: the seconds, and the names of channels.
    private static string[] Comparable(IEnumerable<string> lines)
        => [.. lines.Where(l => !l.Contains("at the speed of", StringComparison.Ordinal) && !l.StartsWith("Channel", StringComparison.Ordinal)).Select(l => l.Contains("; ", StringComparison.Ordinal) && l.EndsWith(" s", StringComparison.Ordinal) ? l[..l.LastIndexOf("; ", StringComparison.Ordinal)] : l)];
}
