using System.Diagnostics;
using System.IO.Compression;
using Microsoft.ML.DeepClustering.Checkpoints;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Checkpoints;

/// <summary>Checkpoints that were made to do harm: one sentence, no end of the process, no wait without end, no memory beyond the file's length.</summary>
[TestClass]
public sealed class HostileCheckpointTests
{
    private readonly TemporaryFolder _folder = new();

    private string CheckpointPath => _folder.File("training.checkpoint");

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    public void Train_StateOfTheGeneratorForged_IsRefused()
    {
        Assert.ThrowsExactly<TimeoutException>(() => Train(new Reporter(p =>
        {
            if (p.Epoch == 3)
                throw new TimeoutException();
        })));
        var checkpoint = CheckpointFile.Read(CheckpointPath);
        var tensors = checkpoint.Tensors.ToDictionary(t => t.Key, t => t.Value.ToTensor());
        tensors["run/generator"].SetTo(255);
        CheckpointFile.Write(CheckpointPath, checkpoint.Header, tensors);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => Train()).Message, "run/generator is no state of a generator");
    }

    [TestMethod]
    public void Train_EntryThatIsCompressed_IsRefusedUnread()
    {
        Train();
        using (var zip = ZipFile.Open(CheckpointPath, ZipArchiveMode.Update))
        {
            zip.GetEntry("Checkpoint.json")!.Delete();
            using var stream = zip.CreateEntry("Checkpoint.json", CompressionLevel.SmallestSize).Open();
            for (var block = 0; block < 64; block++)
                stream.Write(new byte[1 << 20]);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => Train()).Message, "Its Checkpoint.json has another length than is said");
        Assert.IsLessThan(16 << 20, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void Train_Pipe_IsRefusedAndNotWaitedFor()
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("Windows has no pipes among its files.");
        using (var process = Process.Start("mkfifo", CheckpointPath))
            process.WaitForExit();
        var training = Task.Run(() => Train());
        Assert.IsTrue(((IAsyncResult)training).AsyncWaitHandle.WaitOne(TimeSpan.FromMinutes(1)), "It waits.");
        StringAssert.Contains(Assert.ThrowsExactly<IOException>(() => training.GetAwaiter().GetResult()).Message, $"{CheckpointPath} is a device or a pipe, not a file");
    }

    private byte[] Train(IProgress<TrainingProgress>? progress = null)
    {
        var options = ToyTraining.Options();
        (options.CheckpointPath, options.Progress) = (CheckpointPath, progress);
        using var model = ToyTraining.Train(options, []);
        return SafeTensors.Write(model.Method.state_dict());
    }
}
