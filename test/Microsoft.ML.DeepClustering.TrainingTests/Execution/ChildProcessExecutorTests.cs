using System.Diagnostics;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Execution;

/// <summary>Trainings in child processes of this test program.</summary>
[TestClass]
public sealed class ChildProcessExecutorTests
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<int> _children = [];

    public TestContext TestContext { get; set; } = null!;

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    public static IEnumerable<object[]> Trained =>
    [
        ["Idec, weights and classes, rows on disk", false, Make("Idec", o =>
        {
            (o.ExampleWeightColumnName, o.LabelColumnName, o.RecordPerformance, o.FeatureStorage) = ("Weight", "Label", true, FeatureStorage.Disk);
            o.HiddenLayers = [30, 20];
        })],
        ["Ddc of images, agreement", true, Make("Ddc", o => (o.RunCriterion, o.FeatureStorage) = (RunCriterion.Agreement, FeatureStorage.Disk))],
        ["Dcn with clusters that die", false, Make("Dcn", o =>
        {
            ((DcnOptions)o).Unseen = new();
            (o.NumberOfClusters, o.HiddenLayers) = (8, [30, 20]);
        })],
    ];

    [TestMethod]
    [DynamicData(nameof(Trained))]
    public void Fit_TwoChildren_EndsBitForBit(string name, bool images, Func<DeepClusteringOptions> options)
    {
        var (expected, _) = RunTrainings.Train(options(), null, images);
        var (outcome, _) = RunTrainings.Train(options(), Executor(), images);
        Assert.AreEqual(expected, outcome, name);
        Assert.HasCount(2, _children);
        AssertNoneIsLeft();
    }

    [TestMethod]
    public void Fit_ChildrenKilled_GoesOnFromTheirCheckpoints()
    {
        const int Kills = 3;
        var options = Long();
        var (expected, _) = RunTrainings.Train(Long(), null);
        var (killed, ended, epochs) = (0, 0, 0);
        options.Progress = new Reporter(p =>
        {
            // What the one child has said before its end comes before the line of that. An epoch is told before it is saved: each child gets two.
            if (p.Completed is null || killed == Kills || killed > ended || ++epochs < 2)
                return;
            Kill(_children[^1]);
            (killed, epochs) = (killed + 1, 0);
        });
        var executor = new ChildProcessExecutor { MaximumProcesses = 1, CheckpointPeriod = TimeSpan.Zero, Started = Add };
        var (outcome, lines) = RunTrainings.Train(options, executor, said: line => ended += line.Contains("a child process has ended", StringComparison.Ordinal) ? 1 : 0);
        Assert.AreEqual(expected, outcome);
        var taken = lines.FirstOrDefault(l => l.StartsWith("Training is taken up", StringComparison.Ordinal));
        Assert.IsNotNull(taken);
        StringAssert.Matches(taken, new(": run [123] of 3, after epoch "));
        var said = lines.Where(l => l.Contains("has ended with code 137", StringComparison.Ordinal)).ToArray();
        Assert.IsGreaterThan(0, said.Length);
        Assert.HasCount(1 + said.Length, _children);
        AssertNoneIsLeft();
        TestContext.WriteLine($"{killed} kills, {said.Length} seen in the middle of a run: {said[0]}");
    }

    [TestMethod]
    public void Fit_ChildrenDieAtOnce_FailsWithTheirCode()
    {
        var dying = new ChildProcessExecutor { MaximumProcesses = 1, Started = Kill };
        var fault = Assert.ThrowsExactly<InvalidOperationException>(() => RunTrainings.Train(RunTrainings.Idec(), dying)).Message;
        StringAssert.StartsWith(fault, "The child process of run 1 of 3 has ended 3 times at the same place, the last time with code 137");
    }

    [TestMethod]
    public void Fit_Cancelled_LeavesNoChild()
    {
        using var stop = new CancellationTokenSource();
        var options = Long(epochs: 2000);
        options.CancellationToken = stop.Token;
        options.Progress = new Reporter(p => stop.Cancel());
        var watch = Stopwatch.StartNew();
        Assert.ThrowsExactly<OperationCanceledException>(() => RunTrainings.Train(options, Executor()));
        Assert.HasCount(2, _children);
        AssertNoneIsLeft();
        TestContext.WriteLine($"ended after {watch.Elapsed.TotalSeconds:0.0} s");
    }

    [TestMethod]
    public void Fit_OwnFolder_TakesFinishedRunsAsTheyAre()
    {
        var (first, _) = RunTrainings.Train(RunTrainings.Idec(), Executor());
        _children.Clear();
        var more = RunTrainings.Idec();
        more.NumberOfRuns = 4;
        var (_, lines) = RunTrainings.Train(more, Executor());
        Assert.HasCount(1, _children);
        Assert.HasCount(3, lines.Where(l => l.Contains("the run had ended", StringComparison.Ordinal)).ToArray());
        _children.Clear();
        Assert.AreEqual(first, RunTrainings.Train(RunTrainings.Idec(), Executor()).Outcome);
        Assert.IsEmpty(_children);
    }

    [TestMethod]
    public void Fit_LaterRunCannotBeMade_FailsWithItsReason()
    {
        var keys = new WorkerExecutor();
        RunTrainings.Train(RunTrainings.Idec(), keys);
        Directory.CreateDirectory(_folder.File("runs"));
        File.WriteAllText(Path.Combine(_folder.File("runs"), $"{keys.Batch!.Requests[2].Key}.checkpoint"), "damaged");
        var one = new ChildProcessExecutor { MaximumProcesses = 1, Folder = _folder.File("runs"), Started = Add };
        var fault = Assert.ThrowsExactly<InvalidDataException>(() => RunTrainings.Train(RunTrainings.Idec(), one)).Message;
        StringAssert.StartsWith(fault, "A child process could not make run 3 of 3: The checkpoint ");
        Assert.HasCount(1, _children);
        AssertNoneIsLeft();
    }

    [TestMethod]
    public void Fit_ProgramThatIsNoWorker_FailsWithWhatToDo()
    {
        var dotnet = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        var fault = Assert.ThrowsExactly<InvalidOperationException>(() => RunTrainings.Train(RunTrainings.Idec(), new ChildProcessExecutor { ProgramPath = dotnet })).Message;
        StringAssert.Contains(fault, "make \"if (RunWorker.TryRun(args)) return;\" the first line of its Main");
        fault = Assert.ThrowsExactly<InvalidOperationException>(() => RunTrainings.Train(RunTrainings.Idec(), new ChildProcessExecutor { ProgramPath = _folder.File("none") })).Message;
        StringAssert.Contains(fault, "could not be started");
    }

    private static Func<DeepClusteringOptions> Make(string method, Action<DeepClusteringOptions> set) => () =>
    {
        var options = TestMethods.Options(method);
        options.NumberOfRuns = 3;
        set(options);
        return options;
    };

    // Each epoch takes some time, so that there is a middle.
    private static DeepClusteringOptions Long(int epochs = 20)
    {
        var options = TestMethods.Options("Dcn", epochs);
        (options.NumberOfRuns, options.HiddenLayers) = (3, [300, 300]);
        return options;
    }

    private ChildProcessExecutor Executor() => new() { MaximumProcesses = 2, Folder = _folder.File("runs"), Started = Add };

    private void Add(int child)
    {
        lock (_children)
            _children.Add(child);
    }

    private static void Kill(int child)
    {
        using var process = Process.GetProcessById(child);
        process.Kill();
    }

    private void AssertNoneIsLeft()
        => Assert.IsEmpty(_children.Where(c => Process.GetProcesses().Any(p => p.Id == c)));
}
