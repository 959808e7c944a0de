using System.Diagnostics;
using Microsoft.ML.DeepClustering.Tests.Processes;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Checkpoints;

/// <summary>Trainings in processes of their own.</summary>
[TestClass]
[TestCategory("Slow")]
public sealed class KilledProcessTests
{
    private const int Kills = 4;

    private readonly TemporaryFolder _folder = new();

    public TestContext TestContext { get; set; } = null!;

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    [DataRow("Centering", false)]
    [DataRow("Dcn", true)]
    [DataRow("DdcUco", true)]
    [DataRow("DecUco", false)]
    [DataRow("DeepKMeans", false)]
    public void Fit_ProcessKilledAtAnyTime_EndsBitForBit(string method, bool images)
    {
        const int Epochs = 8;
        var checkpoint = _folder.File("training.checkpoint");
        var whole = Trainings.Line(TestMethods.Options(method, Epochs), images);
        var random = new Random(5);
        var (killed, written, whileWriting) = (0, 0, 0);
        while (true)
        {
            using var process = Start(checkpoint, Epochs, method, images.ToString());
            // Once it has begun to train; a process that is still starting has nothing to lose.
            while (killed < Kills && !process.HasExited && !HasChanged(checkpoint, process.StartTime))
                Thread.Sleep(5);
            if (killed < Kills && !process.WaitForExit(random.Next(400)))
            {
                process.Kill();
                process.WaitForExit();
                killed++;
                written += File.Exists(checkpoint) ? 1 : 0;
                whileWriting += _folder.Files().Any(f => f.EndsWith(".tmp", StringComparison.Ordinal)) ? 1 : 0;
                continue;
            }

            process.WaitForExit();
            Assert.AreEqual(0, process.ExitCode, process.StandardError.ReadToEnd());
            break;
        }

        Assert.AreEqual(whole, File.ReadAllText(_folder.File("result")).Trim());
        // On a fast machine the training may end before it is killed as often as wanted.
        Assert.IsGreaterThan(0, killed);
        Assert.AreEqual(killed, written);
        TestContext.WriteLine($"{method}: killed {killed} times, {whileWriting} of them while a checkpoint was written; the end is the same");
    }

    [TestMethod]
    public void Fit_SameSeedInTwoProcesses_GivesTheSameWeights()
    {
        var arguments = TestMethods.All.SelectMany(m => m.Select(a => a.ToString()!)).ToArray();
        var here = TestMethods.All.Select(m => Trainings.Line(TestMethods.Options((string)m[0]), (bool)m[1])).ToArray();
        using var process = Start("-", 2, arguments);
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, process.StandardError.ReadToEnd());
        CollectionAssert.AreEqual(here, File.ReadAllLines(_folder.File("result")));
    }

    private static bool HasChanged(string file, DateTime since) => File.Exists(file) && File.GetLastWriteTime(file) > since;

    private Process Start(string checkpoint, int epochs, params string[] trainings)
        => ChildProcess.Start("train", [_folder.File("result"), checkpoint, epochs.ToString(), .. trainings]);
}
