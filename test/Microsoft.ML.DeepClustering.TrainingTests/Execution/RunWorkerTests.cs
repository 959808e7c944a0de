using System.Security.Cryptography;
using Microsoft.ML.DeepClustering.Checkpoints;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Execution;

/// <summary>A worker's own checks, on a request that was kept from a training.</summary>
[TestClass]
public sealed class RunWorkerTests
{
    private readonly TemporaryFolder _folder = new();
    private string _text = "";

    private string Data => _folder.File("data");

    private string Checkpoint => _folder.File("run.checkpoint");

    [TestInitialize]
    public void KeepRequest()
    {
        var keep = new WorkerExecutor
        {
            CheckpointPeriod = TimeSpan.Zero,
            Make = (batch, request) =>
            {
                File.Copy(batch.DataPath, Data, overwrite: true);
                _text = request.Text;
                throw new NotSupportedException();
            },
        };
        Assert.ThrowsExactly<NotSupportedException>(() => RunTrainings.Train(RunTrainings.Idec(), keep));
    }

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    public void Train_CancelledAndTakenUp_EndsAsTheWholeRun()
    {
        RunWorker.Train(_text, Data, _folder.File("whole"));
        using var stop = new CancellationTokenSource();
        var until = new Messages(m =>
        {
            if (m.Progress is { Completed.Epoch: 1, Phase: "clustering" })
                stop.Cancel();
        });
        Assert.ThrowsExactly<OperationCanceledException>(() => RunWorker.Train(_text, Data, Checkpoint, until, stop.Token));
        Assert.IsTrue(File.Exists(Checkpoint));
        Assert.IsFalse(RunWorker.IsFinished(Checkpoint));
        var lines = new List<string?>();
        RunWorker.Train(_text, Data, Checkpoint, new Messages(m => lines.Add(m.Text)));
        Assert.IsTrue(lines.Any(l => l?.StartsWith("Training is taken up", StringComparison.Ordinal) == true), string.Join('\n', lines));
        Assert.IsTrue(RunWorker.IsFinished(Checkpoint));
        Assert.AreEqual(Weights(_folder.File("whole")), Weights(Checkpoint));
        // A second time there is nothing to do.
        var written = File.ReadAllBytes(Checkpoint);
        RunWorker.Train(_text, Data, Checkpoint);
        CollectionAssert.AreEqual(written, File.ReadAllBytes(Checkpoint));
    }

    [TestMethod]
    public void Train_TextOfAnotherVersion_IsRefusedByBothNames()
    {
        var other = _text.Replace(DeepClustering.Persistence.LibraryVersion.Text.Split('+')[0], "0.0.9", StringComparison.Ordinal);
        var fault = Assert.ThrowsExactly<InvalidOperationException>(() => RunWorker.Train(other, Data, Checkpoint)).Message;
        StringAssert.Contains(fault, "0.0.9");
        StringAssert.Contains(fault, DeepClustering.Persistence.LibraryVersion.Text);
        Assert.IsFalse(File.Exists(Checkpoint));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("{}")]
    [DataRow("[1]")]
    [DataRow("not JSON")]
    public void Train_TextOfNoRun_IsRefused(string text)
        => StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(() => RunWorker.Train(text, Data, Checkpoint)).Message, "The text is not that of a run");

    [TestMethod]
    public void Train_DataChangedOrCutOrMissing_IsRefused()
    {
        var content = File.ReadAllBytes(Data);
        content[^5] ^= 1;
        File.WriteAllBytes(Data, content);
        StringAssert.Contains(Refusal<InvalidDataException>(), "SHA-256");
        File.WriteAllBytes(Data, content[..^8]);
        StringAssert.Contains(Refusal<InvalidDataException>(), "SHA-256");
        File.Delete(Data);
        StringAssert.Contains(Refusal<FileNotFoundException>(), "is not there");
        Assert.IsFalse(File.Exists(Checkpoint));
    }

    [TestMethod]
    public void Train_CheckpointDamagedOrInAMissingFolder_IsRefused()
    {
        File.WriteAllText(Checkpoint, "damaged");
        StringAssert.Contains(Refusal<InvalidDataException>(), "cannot be used");
        Assert.IsFalse(RunWorker.IsFinished(Checkpoint));
        Assert.IsFalse(RunWorker.IsFinished(_folder.File("none")));
        Assert.ThrowsExactly<DirectoryNotFoundException>(() => RunWorker.Train(_text, Data, Path.Combine(_folder.File("none"), "run")));
    }

    [TestMethod]
    public void Messages_AsJson_AreTheSame()
    {
        var record = new EpochRecord("clustering", 3, new Dictionary<string, double> { ["kl"] = double.NaN }, double.PositiveInfinity, null, 0.25)
        {
            Mismatch = new(0.5, 2), Performance = new Dictionary<PerformanceMeasure, double> { [PerformanceMeasure.Silhouette] = 0.1 },
        };
        var read = RunMessage.Parse(new RunMessage(Progress: new(1, 1, "clustering", 3, 9, 4, 4, record)).ToJson());
        Assert.AreEqual("kl NaN Infinity", $"{string.Join(' ', read.Progress!.Completed!.Losses.Select(l => FormattableString.Invariant($"{l.Key} {l.Value}")))} {read.Progress.Completed.TotalLoss.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
        Assert.AreEqual(0.1, read.Progress.Completed.Performance![PerformanceMeasure.Silhouette]);
        Assert.AreEqual(new EpochMismatch(0.5, 2), read.Progress.Completed.Mismatch);
        Assert.AreEqual(new RunMessage("a \"line\"", IsWarning: true), RunMessage.Parse(new RunMessage("a \"line\"", IsWarning: true).ToJson()));
        Assert.ThrowsExactly<FormatException>(() => RunMessage.Parse("no JSON"));
    }

    private string Refusal<T>()
        where T : Exception
        => Assert.ThrowsExactly<T>(() => RunWorker.Train(_text, Data, Checkpoint)).Message;

    private static string Weights(string checkpoint)
        => string.Join('\n', CheckpointFile.Read(checkpoint).Tensors.Select(t => $"{t.Key} {Convert.ToHexString(SHA256.HashData(t.Value.Content.Span))}").Order(StringComparer.Ordinal));

    private sealed class Messages(Action<RunMessage> action) : IProgress<RunMessage>
    {
        public void Report(RunMessage value) => action(value);
    }
}
