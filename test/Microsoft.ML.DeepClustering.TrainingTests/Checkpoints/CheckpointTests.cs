using System.IO.Compression;
using System.Text;
using Microsoft.ML.DeepClustering.Checkpoints;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Checkpoints;

/// <summary>The file itself: when it is written, whom it is refused to, what is noticed when it is damaged.</summary>
[TestClass]
public sealed class CheckpointTests
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _warnings = [];

    private string CheckpointPath => _folder.File("training.checkpoint");

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    public void Train_OtherOptions_AreRefusedWithEachDifference()
    {
        Train();
        Refused(o => o.LearningRate = 0.05, "LearningRate is 0.05, and was 0.1");
        Refused(o => (o.BatchSize, o.NumberOfEpochs) = (10, 7), "NumberOfEpochs is 7, and was 5; BatchSize is 10, and was 20");
        Refused(o => o.Seed = 2, "Seed is 2, and was 1");
        Refused(o => o.ImageShape = new ImageShape(1, 2, 2), "ImageShape is {\"Channels\":1,\"Height\":2,\"Width\":2,");
    }

    [TestMethod]
    public void Train_OtherData_AreRefusedWithTheDifference()
    {
        Train();
        Refused(_ => { }, "the data are 59 rows of 4, and were 60 of 4", ToyTraining.Features()[..59]);
        Refused(_ => { }, "the data are 60 rows of 3, and were 60 of 4", ToyTraining.Features().Select(f => f[..3]).ToArray());
        Refused(_ => { }, "the data have as many rows as before, but other values, weights, classes or another order", ToyTraining.Features().Reverse().ToArray());
        var changed = ToyTraining.Features();
        changed[^1][3] += 1e-6f;
        Refused(_ => { }, "the data have as many rows as before, but other values, weights, classes or another order", changed);
    }

    [TestMethod]
    public void Train_OtherClasses_AreRefused()
    {
        var classes = Enumerable.Repeat(1, 60).ToArray();
        Train(classes: classes);
        Train(classes: classes);
        classes[7] = 2;
        Assert.ThrowsExactly<InvalidOperationException>(() => Train(classes: classes));
    }

    [TestMethod]
    public void Train_OptionsThatChangeNothing_AreTaken()
    {
        Train();
        Train(o => (o.CheckpointInterval, o.Progress) = (3, new Reporter(_ => { })));
    }

    [TestMethod]
    public void Train_TruncatedAtEveryByte_IsRefused()
    {
        Train();
        var file = File.ReadAllBytes(CheckpointPath);
        for (var length = 0; length < file.Length; length++)
        {
            File.WriteAllBytes(CheckpointPath, file[..length]);
            Damaged($"{length} of {file.Length} bytes");
        }
    }

    [TestMethod]
    public void Train_AnyByteChanged_IsRefusedOrEndsInTheSameWeights()
    {
        var weights = Train();
        var file = File.ReadAllBytes(CheckpointPath);
        var header = Entry(file, "Checkpoint.json");
        var refused = 0;
        for (var position = 0; position < file.Length; position++)
        {
            var changed = file.ToArray();
            changed[position] ^= 0x10;
            File.WriteAllBytes(CheckpointPath, changed);
            try
            {
                CollectionAssert.AreEqual(weights, Train(), $"byte {position}");
                CollectionAssert.AreEqual(header, Entry(changed, "Checkpoint.json"), $"byte {position}");
            }
            catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
            {
                // A date in the zip may change unnoticed.
                StringAssert.Contains(e.Message, CheckpointPath);
                refused++;
            }
        }

        Assert.IsGreaterThan(file.Length / 2, refused);
    }

    [TestMethod]
    public void Train_HeaderOfOtherOptionsWithItsOldHash_IsRefused()
    {
        Train();
        // A learning rate of other digits is JSON as good as before.
        Rewrite("Checkpoint.json", text => text.Replace("\"LearningRate\": 0.1", "\"LearningRate\": 0.3", StringComparison.Ordinal));
        StringAssert.Contains(Damaged(), "SHA-256 of its Checkpoint.json");
    }

    [TestMethod]
    public void Train_FileOfAFormerVersionWithoutAHashOfItsHeader_GoesOnBitForBit()
    {
        var expected = Train(o => o.CheckpointPath = null);
        BreakOff(epoch: 3);
        Rewrite("Checkpoint.sha256", _ => null);
        CollectionAssert.AreEqual(expected, Train());
    }

    [TestMethod]
    [DataRow(1, 2)]
    [DataRow(int.MaxValue, 2)]
    [DataRow(0, 1)]
    public void Train_PhaseOrEpochThatTheRunNeverCameTo_IsRefused(int phase, int epoch)
    {
        BreakOff(epoch: 3);
        var checkpoint = CheckpointFile.Read(CheckpointPath);
        var current = checkpoint.Header.Current! with { Phase = phase, Epoch = epoch };
        CheckpointFile.Write(CheckpointPath, checkpoint.Header with { Current = current }, checkpoint.Tensors.ToDictionary(t => t.Key, t => t.Value.ToTensor()));
        StringAssert.Contains(Damaged(), $"phase {phase}");
    }

    [TestMethod]
    public void Fit_PhaseOfAnotherIndex_IsRefused()
    {
        DeepClusteringOptions Options(Action<TrainingProgress> report)
        {
            var options = TestMethods.Options("Idec");
            (options.CheckpointPath, options.Progress) = (CheckpointPath, new Reporter(report));
            return options;
        }

        Assert.ThrowsExactly<TimeoutException>(() => Trainings.Line(Options(p => BreakIf(p is { Phase: "clustering", Epoch: 2 })), images: false));
        var checkpoint = CheckpointFile.Read(CheckpointPath);
        Assert.AreEqual((1, 1), (checkpoint.Header.Current!.Phase, checkpoint.Header.Current.Epoch));
        CheckpointFile.Write(CheckpointPath, checkpoint.Header with { Current = checkpoint.Header.Current with { Phase = 0 } }, checkpoint.Tensors.ToDictionary(t => t.Key, t => t.Value.ToTensor()));
        var error = Assert.ThrowsExactly<InvalidDataException>(() => Trainings.Line(Options(_ => { }), images: false));
        StringAssert.Contains(error.Message, "phase 0, the pretraining of Idec");
    }

    [TestMethod]
    public void Train_TensorFreedInBetween_IsRefusedAndTheLastCheckpointStays()
    {
        Tensor? weights = null;
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Train(o =>
        {
            o.OnEpochStart = (_, centres) => weights = centres;
            o.Progress = new Reporter(p =>
            {
                if (p is { Epoch: 2, Completed: not null })
                    weights!.Dispose();
            });
        }));
        StringAssert.Contains(error.Message, "1 of 1 tensors, centres first, have been freed");
        Assert.AreEqual(1, CheckpointFile.Read(CheckpointPath).Header.Current!.Epoch);
    }

    [TestMethod]
    public void Fit_TwoTrainingsOfOneFile_TheSecondIsRefused()
    {
        var ml = new MLContext(seed: 1);
        var data = TestRows.View(ml, TestRows.Make(30), images: false);
        Exception? refused = null;
        var options = new AutoencoderKMeansOptions { NumberOfClusters = 2, PretrainingEpochs = 1, CheckpointPath = CheckpointPath, Seed = 1 };
        options.Progress = new Reporter(_ => refused ??= Assert.Throws<Exception>(() => Fit(new IdecOptions { CheckpointPath = _folder.File("./training.checkpoint") }).Dispose()));
        Fit(options).Dispose();
        Assert.AreEqual($"CheckpointPath is {CheckpointPath}, and another training of this program uses that file; name another, or wait until that training has ended.", refused!.Message);
        // Its end sets the file free.
        Fit(options).Dispose();

        DeepClusteringTransformer Fit(DeepClusteringOptions of) => TestMethods.Trainer(ml, of).Fit(data);
    }

    [TestMethod]
    public void Train_PathThatCannotBeWritten_IsNamedWithoutTheTemporaryFile()
    {
        // Too long for the temporary file beside it.
        var path = _folder.File(new string('c', 240));
        var error = Assert.ThrowsExactly<IOException>(() => Train(o => (o.CheckpointPath, o.Progress) = (path, new Reporter(_ => Assert.Fail("It trained.")))));
        StringAssert.StartsWith(error.Message, $"CheckpointPath is {path}, but that file cannot be written");
        Assert.DoesNotContain(".tmp", error.Message);
        Assert.IsEmpty(_folder.Files());
    }

    [TestMethod]
    public void Train_FormatOfANewerVersion_AsksForNoTraining()
    {
        Train();
        var checkpoint = CheckpointFile.Read(CheckpointPath);
        CheckpointFile.Write(CheckpointPath, checkpoint.Header with { Format = 2 }, new Dictionary<string, Tensor>());
        StringAssert.Contains(Damaged(), "format 2");
    }

    [TestMethod]
    public void Train_Interval_WritesAfterTheseEpochsAndAtTheEnd()
    {
        var written = new List<string>();
        Train(o =>
        {
            (o.NumberOfEpochs, o.CheckpointInterval, o.NumberOfRuns) = (7, 3, 2);
            // After the first batch of an epoch the file is that of the epoch before.
            o.Progress = new Reporter(p =>
            {
                if (p is { Batch: 1, Completed: null })
                    written.Add($"{CheckpointFile.Read(CheckpointPath).Header.Current?.Epoch}");
            });
        });
        Assert.AreEqual(",,,3,3,3,6,,,,3,3,3,6", string.Join(",", written));
        var end = CheckpointFile.Read(CheckpointPath).Header;
        Assert.IsNull(end.Current);
        Assert.HasCount(2, end.FinishedRuns);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void Train_BrokenOffAfterTheBestEpoch_StillKeepsIt(int evaluationInterval)
    {
        // Epoch 3 is the best, and from epoch 5 on there is no other to keep.
        void Spoil(ToyOptions options, bool breaks)
        {
            options.EvaluationInterval = evaluationInterval;
            options.OnEpochStart = (epoch, centres) => centres.copy_(centres.Plus(epoch switch { 4 => 1000.0, >= 5 => double.NaN, _ => 0 }));
            options.Progress = new Reporter(p =>
            {
                if (breaks && p.Epoch == 5)
                    throw new TimeoutException();
            });
        }

        var expected = Train(o =>
        {
            Spoil(o, breaks: false);
            o.CheckpointPath = null;
        });
        Assert.ThrowsExactly<TimeoutException>(() => Train(o => Spoil(o, breaks: true)));
        CollectionAssert.AreEqual(expected, Train(o => Spoil(o, breaks: false)));
    }

    [TestMethod]
    public void Train_FolderVanishes_WarnsAndGoesOn()
    {
        var expected = Train(o => o.CheckpointPath = null);
        var actual = Train(o => o.Progress = new Reporter(p =>
        {
            if (p is { Epoch: 2, Completed: null })
                _folder.Delete();
        }));
        CollectionAssert.AreEqual(expected, actual);
        StringAssert.Contains(string.Join('\n', _warnings), $"{CheckpointPath} could not be written");
        Assert.DoesNotContain(".tmp", string.Join('\n', _warnings));
    }

    [TestMethod]
    public void Train_FolderMissing_SaysSoBeforeTraining()
    {
        var path = _folder.File("missing/training.checkpoint");
        var error = Assert.ThrowsExactly<DirectoryNotFoundException>(() => Train(o => (o.CheckpointPath, o.Progress) = (path, new Reporter(_ => Assert.Fail("It trained.")))));
        StringAssert.Contains(error.Message, path);
    }

    [TestMethod]
    public void Train_PathOfAFolder_SaysSoBeforeTraining()
        => Assert.ThrowsExactly<ArgumentException>(() => Train(o => (o.CheckpointPath, o.Progress) = (_folder.File(""), new Reporter(_ => Assert.Fail("It trained.")))));

    [TestMethod]
    public void Train_LeftoversOfAKilledProcess_AreRemoved()
    {
        File.WriteAllText(_folder.File($".training.checkpoint.{Guid.NewGuid():N}.tmp"), "half");
        string[] others = [$".other.{Guid.NewGuid():N}.tmp", $".training.checkpoint.2.{Guid.NewGuid():N}.tmp", ".training.checkpoint.notes.tmp", ".training.checkpoint.tmp"];
        Array.ForEach(others, name => File.WriteAllText(_folder.File(name), "not ours"));
        Train();
        CollectionAssert.AreEquivalent(others.Append("training.checkpoint").ToArray(), _folder.Files());
    }

    [TestMethod]
    public void Train_OtherNumberOfThreads_Warns()
    {
        Break();
        var threads = CheckpointFile.Read(CheckpointPath);
        CheckpointFile.Write(CheckpointPath, threads.Header with { Threads = 77 }, threads.Tensors.ToDictionary(t => t.Key, t => t.Value.ToTensor()));
        Train();
        StringAssert.Contains(string.Join('\n', _warnings), "begun with 77 threads");
    }

    [TestMethod]
    public void Train_OtherDevice_Warns()
    {
        Break();
        var begun = CheckpointFile.Read(CheckpointPath);
        Assert.AreEqual("CPU", begun.Header.Device);
        CheckpointFile.Write(CheckpointPath, begun.Header with { Device = "CUDA" }, begun.Tensors.ToDictionary(t => t.Key, t => t.Value.ToTensor()));
        Train();
        StringAssert.Contains(string.Join('\n', _warnings), "begun on CUDA and goes on on CPU");
    }

    [TestMethod]
    public void Train_OtherProcessorOrVersion_Warns()
    {
        Break();
        var begun = CheckpointFile.Read(CheckpointPath);
        Assert.AreEqual((ProcessorFeatures.Text, LibraryVersion.Text), (begun.Header.Processor, begun.Header.Version));
        CheckpointFile.Write(CheckpointPath, begun.Header with { Processor = "another", Version = "0.0.1 with TorchSharp 0.100.0" }, begun.Tensors.ToDictionary(t => t.Key, t => t.Value.ToTensor()));
        Train();
        StringAssert.Contains(string.Join('\n', _warnings), "begun on another kind of processor");
        StringAssert.Contains(string.Join('\n', _warnings), $"begun by version 0.0.1 with TorchSharp 0.100.0 and goes on with {LibraryVersion.Text}");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Train_CheckpointOfAFormerVersionOrOfAnEndedTraining_GivesNoWarning(bool hasEnded)
    {
        if (hasEnded)
            Train();
        else
            Break();
        var begun = CheckpointFile.Read(CheckpointPath);
        var header = hasEnded ? begun.Header with { Processor = "another", Version = "0.0.1", Device = "CUDA", Threads = 77 } : begun.Header with { Processor = null, Version = null, Device = null };
        CheckpointFile.Write(CheckpointPath, header, begun.Tensors.ToDictionary(t => t.Key, t => t.Value.ToTensor()));
        _warnings.Clear();
        Train();
        Assert.IsEmpty(_warnings);
    }

    [TestMethod]
    public void Scan_CheckpointPath_IsRefused()
    {
        var ml = new MLContext(1);
        var options = TestMethods.Options("Idec");
        options.CheckpointPath = CheckpointPath;
        var error = Assert.ThrowsExactly<ArgumentException>(() => ml.Clustering.ScanNumberOfClusters(TestRows.View(ml, TestRows.Make(20), images: true), options, 2, 3));
        StringAssert.Contains(error.Message, "CheckpointPath");
    }

    private void Break() => Assert.ThrowsExactly<TimeoutException>(() => Train(o => o.Progress = new Reporter(p =>
    {
        if (p.Epoch == 3)
            throw new TimeoutException();
    })));

    // The checkpoint is that of the epoch before.
    private void BreakOff(int epoch)
        => Assert.ThrowsExactly<TimeoutException>(() => Train(o => o.Progress = new Reporter(p => BreakIf(p.Epoch == epoch))));

    private static void BreakIf(bool now)
    {
        if (now)
            throw new TimeoutException();
    }

    // Gives an entry another text, or leaves it out.
    private void Rewrite(string name, Func<string, string?> change)
    {
        var before = Encoding.UTF8.GetString(Entry(File.ReadAllBytes(CheckpointPath), name));
        using var zip = ZipFile.Open(CheckpointPath, ZipArchiveMode.Update);
        zip.GetEntry(name)!.Delete();
        if (change(before) is not { } after)
            return;
        Assert.AreNotEqual(before, after);
        using var stream = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        stream.Write(Encoding.UTF8.GetBytes(after));
    }

    private static byte[] Entry(byte[] file, string name)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        using var stream = zip.GetEntry(name)!.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private string Damaged(string when = "")
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => Train(), when);
        StringAssert.Contains(error.Message, CheckpointPath);
        return error.Message;
    }

    private void Refused(Action<ToyOptions> change, string difference, float[][]? features = null)
    {
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Train(change, features));
        StringAssert.Contains(error.Message, $"belongs to another training: {difference}");
        StringAssert.Contains(error.Message, CheckpointPath);
    }

    // The weights.
    private byte[] Train(Action<ToyOptions>? change = null, float[][]? features = null, int[]? classes = null)
    {
        var options = ToyTraining.Options();
        options.CheckpointPath = CheckpointPath;
        change?.Invoke(options);
        using var model = ToyTraining.Train(options, _warnings, features, classes);
        return SafeTensors.Write(model.Method.state_dict());
    }
}
