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
        var (killed, run) = (0, 0);
        options.Progress = new Reporter(p =>
        {
            // In the middle of a run, and the next one when that has said something again.
            if (p is not { Completed.Epoch: > 1 } || killed == Kills || p.Run == run)
                return;
            Kill(_children[^1]);
            (killed, run) = (killed + 1, p.Run);
        });
        var (outcome, lines) = RunTrainings.Train(options, Executor());
        Assert.AreEqual(expected, outcome);
        var said = lines.Where(l => l.Contains("has ended with code 137", StringComparison.Ordinal)).ToArray();
        Assert.IsGreaterThan(0, said.Length);
        Assert.IsTrue(lines.Any(l => l.Contains("Training is taken up", StringComparison.Ordinal)));
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
        Assert.HasCount(3, lines.Where(l => l.Contains("The run had ended", StringComparison.Ordinal)).ToArray());
        _children.Clear();
        Assert.AreEqual(first, RunTrainings.Train(RunTrainings.Idec(), Executor()).Outcome);
        Assert.IsEmpty(_children);
        File.WriteAllText(Directory.GetFiles(_folder.File("runs"))[0], "damaged");
        more.NumberOfRuns = 4;
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => RunTrainings.Train(more, Executor())).Message, "cannot be used");
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
    private static DeepClusteringOptions Long(int epochs = 12)
    {
        var options = TestMethods.Options("Dcn", epochs);
        options.NumberOfRuns = 3;
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
