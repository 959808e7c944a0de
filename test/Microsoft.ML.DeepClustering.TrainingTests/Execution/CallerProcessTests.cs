using System.Diagnostics;
using Microsoft.ML.DeepClustering.Tests.Processes;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Execution;

/// <summary>Callers of child processes that are processes of their own.</summary>
[TestClass]
public sealed class CallerProcessTests
{
    private const int Runs = 2;
    private const int Epochs = 12;

    private readonly TemporaryFolder _folder = new();

    public TestContext TestContext { get; set; } = null!;

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    public void Caller_Killed_LeavesNoChildAndGoesOnWhenItIsStartedAgain()
    {
        var options = TestMethods.Options("Dcn", Epochs);
        (options.NumberOfRuns, options.HiddenLayers) = (Runs, ElsewhereProgram.HiddenLayers);
        var expected = Trainings.Line(options, images: false);
        var children = new List<int>();
        using (var caller = ChildProcess.Start("elsewhere", Arguments))
        {
            // Once both children train.
            var runs = new HashSet<string>();
            while (runs.Count < 2 && caller.StandardOutput.ReadLine() is { } line)
            {
                if (line.StartsWith("child ", StringComparison.Ordinal))
                    children.Add(int.Parse(line[6..]));
                else if (line.StartsWith("epoch ", StringComparison.Ordinal))
                    runs.Add(line.Split(' ')[^1]);
            }

            Assert.HasCount(2, runs);
            caller.Kill();
            caller.WaitForExit();
        }

        var watch = Stopwatch.StartNew();
        while (children.Exists(IsRunning) && watch.Elapsed < TimeSpan.FromMinutes(2))
            Thread.Sleep(20);
        Assert.IsFalse(children.Exists(IsRunning));
        TestContext.WriteLine($"the children ended {watch.Elapsed.TotalSeconds:0.0} s after their caller");
        Assert.IsNotEmpty(Directory.GetFiles(_folder.File("runs")));
        var (code, output) = ChildProcess.Finish("elsewhere", Arguments);
        Assert.AreEqual(0, code, output);
        Assert.AreEqual($"outcome {expected}", output.Split('\n').Last(l => l.StartsWith("outcome", StringComparison.Ordinal)).Trim());
    }

    [TestMethod]
    public void Caller_InAWorkerWhoseMainDidNotCallTryRun_IsRefused()
    {
        var (code, output) = ChildProcess.Finish("elsewhere", Arguments, variables: new Dictionary<string, string> { ["DEEP_CLUSTERING_WORKER"] = "mark" });
        Assert.AreEqual(1, code);
        StringAssert.Contains(output, "This process was started as a worker of a ChildProcessExecutor, and has begun a training with one");
    }

    private string[] Arguments => [_folder.File("runs"), $"{Runs}", $"{Epochs}"];

    private static bool IsRunning(int child) => Process.GetProcesses().Any(p => p.Id == child);
}
