using Microsoft.ML.DeepClustering.Checkpoints;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Checkpoints;

/// <summary>The file of a pretrained autoencoder: when it is written and when not, and what is noticed when it is damaged or forged.</summary>
[TestClass]
public sealed class PretrainedFileTests
{
    private readonly PretrainingTrainings _trainings = new();
    private readonly TemporaryFolder _checkpoints = new();

    [TestCleanup]
    public void DeleteFolders()
    {
        _trainings.Dispose();
        _checkpoints.Dispose();
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(100)]
    [DataRow(5000)]
    [DataRow(-1)]
    [DataRow(-2)]
    public void Fit_DamagedFile_WarnsTrainsForItselfAndReplacesIt(int length)
    {
        var alone = _trainings.Fit(_trainings.Options("Dec"), images: false);
        var file = _trainings.Folder.File(_trainings.Folder.Files().Single());
        var whole = File.ReadAllBytes(file);
        if (length >= 0)
        {
            File.WriteAllBytes(file, whole[..length]);
        }
        else
        {
            // The whole file of another training, of the same network or of another.
            var other = _trainings.Options("Dec");
            (other.Seed, other.EmbeddingSize) = (6, length == -1 ? 10 : 4);
            _trainings.Fit(other, images: false);
            File.Copy(_trainings.Folder.Files().Select(_trainings.Folder.File).Single(f => f != file), file, overwrite: true);
        }

        _trainings.Log.Clear();
        Assert.AreEqual(alone, _trainings.Fit(_trainings.Options("Dec"), images: false));
        var warning = _trainings.Log.Single(l => l.Contains("cannot be used", StringComparison.Ordinal));
        StringAssert.Contains(warning, $"The pretrained autoencoder {file} cannot be used; a training that pretrains from its beginning replaces it. It ");
        StringAssert.DoesNotMatch(warning, new("Delete the file"));
        Assert.AreEqual(0, _trainings.PretrainingEpochs(_trainings.Options("Dec"), out var again, images: false));
        Assert.AreEqual(alone, again);
    }

    [TestMethod]
    public void Fit_FileAsCheckpoint_SaysWhatItIs()
    {
        _trainings.Fit(_trainings.Options("Dec"), images: false);
        var options = _trainings.Options("Dec");
        options.CheckpointPath = _trainings.Folder.File(_trainings.Folder.Files().Single());
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => _trainings.Fit(options, images: false));
        StringAssert.Contains(error.Message, "the method is Dec, and was a pretrained autoencoder, ");
    }

    [TestMethod]
    public void Fit_FileThatCannotBeWritten_WarnsAndGoesOn()
    {
        var alone = _trainings.Fit(_trainings.Options("Dec"), images: false);
        var file = _trainings.Folder.File(_trainings.Folder.Files().Single());
        File.Delete(file);
        Directory.CreateDirectory(file);
        Assert.AreEqual(alone, _trainings.Fit(_trainings.Options("Dec"), images: false));
        Assert.ContainsSingle(l => l.Contains($"The pretrained autoencoder {file} could not be written; training goes on.", StringComparison.Ordinal), _trainings.Log);
        Assert.IsEmpty(_trainings.Folder.Files());
    }

    [TestMethod]
    [DataRow("shape", "tensor")]
    [DataRow("nan", "Its weights are not all finite numbers.")]
    [DataRow("generator", "It lacks the state of the generator.")]
    [DataRow("phase", "Its epochs are not those of a pretraining.")]
    [DataRow("repeated", "Its epochs are not those of a pretraining.")]
    [DataRow("none", "Its epochs are not those of a pretraining.")]
    public void Fit_ForgedFile_WarnsAndTrainsForItself(string forgery, string reason)
    {
        var alone = _trainings.Fit(_trainings.Options("Dec"), images: false);
        var file = _trainings.Folder.File(_trainings.Folder.Files().Single());
        var kept = CheckpointFile.Read(file);
        var tensors = kept.Tensors.ToDictionary(t => t.Key, t => t.Value.ToTensor());
        var (header, epochs) = (kept.Header, kept.Header.Current!.Epochs);
        var last = tensors.Keys.Order(StringComparer.Ordinal).Last(k => k.StartsWith("weights/", StringComparison.Ordinal));
        switch (forgery)
        {
            case "shape":
                foreach (var (name, tensor) in tensors.Where(t => t.Key.StartsWith("weights/", StringComparison.Ordinal)).ToArray())
                    tensors[name] = name == last ? ones(3) : tensor.Times(3);
                break;
            case "nan": tensors[last].SetTo(double.NaN); break;
            case "generator": tensors["run/generator"].SetTo(7); break;
            case "phase": epochs = [.. epochs.Select(e => e with { Phase = e.Epoch == 2 ? "clustering" : e.Phase })]; break;
            case "repeated": epochs = [.. epochs, .. epochs]; break;
            default: epochs = []; break;
        }

        CheckpointFile.Write(file, header with { Current = header.Current! with { Epochs = epochs } }, tensors);
        _trainings.Log.Clear();
        Assert.AreEqual(alone, _trainings.Fit(_trainings.Options("Dec"), images: false));
        StringAssert.Contains(_trainings.Log.Single(l => l.Contains("cannot be used", StringComparison.Ordinal)), reason);
        Assert.AreEqual(0, _trainings.PretrainingEpochs(_trainings.Options("Dec"), out var again, images: false));
        Assert.AreEqual(alone, again);
    }

    [TestMethod]
    [DataRow(3, true)]
    [DataRow(3, false)]
    [DataRow(12, true)]
    [DataRow(12, false)]
    public void Fit_BrokenOffAndTakenUp_EndsBitForBitAndLeavesNothingWrong(int report, bool keepsFiles)
    {
        var alone = _trainings.Fit(_trainings.Options("Idec", folder: false), images: false);
        Assert.ThrowsExactly<BreakException>(() => _trainings.Fit(Broken(report), images: false));
        // Another training may come first to the end of pretraining.
        _trainings.Fit(_trainings.Options("Dec"), images: false);
        if (!keepsFiles)
            Array.ForEach(_trainings.Folder.Files(), f => File.Delete(_trainings.Folder.File(f)));
        var resumed = _trainings.Options("Idec");
        resumed.CheckpointPath = _checkpoints.File("training.checkpoint");
        Assert.AreEqual(alone, _trainings.Fit(resumed, images: false));
        Assert.AreEqual(alone, _trainings.Fit(_trainings.Options("Idec"), images: false));
    }

    [TestMethod]
    public void Fit_BrokenOffOrDivergedInPretraining_LeavesNoFile()
    {
        Assert.ThrowsExactly<BreakException>(() => _trainings.Fit(Broken(3), images: false));
        var diverging = _trainings.Options("Dec");
        diverging.PretrainingLearningRate = 1e30;
        Assert.ThrowsExactly<InvalidOperationException>(() => _trainings.Fit(diverging, images: false));
        Assert.IsEmpty(_trainings.Folder.Files());
    }

    [TestMethod]
    public void Fit_TakenUpInPretrainingFromACheckpoint_LeavesNoFile()
    {
        // Which another number of threads, for example, may have begun.
        Assert.ThrowsExactly<BreakException>(() => _trainings.Fit(Broken(5), images: false));
        var resumed = _trainings.Options("Idec");
        resumed.CheckpointPath = _checkpoints.File("training.checkpoint");
        _trainings.Fit(resumed, images: false);
        Assert.IsEmpty(_trainings.Folder.Files());
    }

    private AutoencoderFamilyOptions Broken(int report)
    {
        var (options, reports) = (_trainings.Options("Idec"), 0);
        options.CheckpointPath = _checkpoints.File("training.checkpoint");
        options.Progress = new Reporter(_ =>
        {
            if (++reports == report)
                throw new BreakException();
        });
        return options;
    }

    private sealed class BreakException : Exception;
}
