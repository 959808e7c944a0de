using System.Globalization;
using Microsoft.ML.DeepClustering.Checkpoints;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Checkpoints;

/// <summary>A training that takes a pretrained autoencoder from a folder gives bit for bit the model that it would have given alone.</summary>
[TestClass]
public sealed class PretrainingFolderTests
{
    // Options that pretraining does not read, or that another test has.
    private static readonly string[] NotChanged =
    [
        nameof(DeepClusteringOptions.FeatureColumnName), nameof(DeepClusteringOptions.ExampleWeightColumnName), nameof(DeepClusteringOptions.PredictedLabelColumnName), nameof(DeepClusteringOptions.ScoreColumnName),
        nameof(DeepClusteringOptions.ProbabilityColumnName), nameof(DeepClusteringOptions.EmbeddingColumnName), nameof(DeepClusteringOptions.LabelColumnName),
        nameof(DeepClusteringOptions.CheckpointPath), nameof(DeepClusteringOptions.CheckpointInterval), nameof(DeepClusteringOptions.RunExecutor), nameof(DeepClusteringOptions.Progress),
        nameof(DeepClusteringOptions.CancellationToken), nameof(AutoencoderFamilyOptions.PretrainingFolder),
    ];

    private static readonly Dictionary<string, (Action<IdecOptions> Change, bool IsShared)> Changes = new()
    {
        [nameof(IdecOptions.NumberOfClusters)] = (o => o.NumberOfClusters = 2, true),
        [nameof(IdecOptions.NumberOfEpochs)] = (o => o.NumberOfEpochs = 1, true),
        [nameof(IdecOptions.LearningRate)] = (o => o.LearningRate = 0.01, true),
        [nameof(IdecOptions.KMeansRestarts)] = (o => o.KMeansRestarts = 2, true),
        [nameof(IdecOptions.FeatureStorage)] = (o => o.FeatureStorage = FeatureStorage.Disk, true),
        [nameof(IdecOptions.RecordMismatch)] = (o => o.RecordMismatch = true, true),
        [nameof(IdecOptions.RecordPerformance)] = (o => (o.RecordPerformance, o.LabelColumnName) = (true, "Label"), true),
        [nameof(IdecOptions.NumberOfRuns)] = (o => o.NumberOfRuns = 2, true),
        [nameof(IdecOptions.RunCriterion)] = (o => (o.NumberOfRuns, o.RunCriterion) = (2, RunCriterion.Agreement), true),
        [nameof(IdecOptions.Seed)] = (o => o.Seed = 6, false),
        [nameof(IdecOptions.BatchSize)] = (o => o.BatchSize = 19, false),
        [nameof(IdecOptions.PretrainingEpochs)] = (o => o.PretrainingEpochs = 3, false),
        [nameof(IdecOptions.PretrainingLearningRate)] = (o => o.PretrainingLearningRate = 0.002, false),
        [nameof(IdecOptions.Pretraining)] = (o => o.Pretraining = PretrainingObjective.AdversarialInterpolation, false),
        [nameof(IdecOptions.InterpolationWeight)] = (o => o.InterpolationWeight = 0.3, true),
        [nameof(IdecOptions.PretrainingOptimizer)] = (o => o.PretrainingOptimizer = PretrainingOptimizer.Momentum, false),
        [nameof(IdecOptions.PretrainingCorruption)] = (o => o.PretrainingCorruption = 0.2, false),
        [nameof(IdecOptions.LayerwiseEpochs)] = (o => o.LayerwiseEpochs = 1, false),
        [nameof(IdecOptions.Augmentation)] = (o => o.Augmentation = new() { Shift = 0.2 }, false),
        [nameof(IdecOptions.CleanPretraining)] = (o => (o.Augmentation, o.CleanPretraining) = (new(), true), true),
        [nameof(IdecOptions.EmbeddingSize)] = (o => o.EmbeddingSize = 4, false),
        [nameof(IdecOptions.NegativeSlope)] = (o => o.NegativeSlope = 1e-9, false),
        [nameof(IdecOptions.ImageShape)] = (o => o.ImageShape = new(1, 18, 32), false),
        [nameof(IdecOptions.Network)] = (o => o.Network = NetworkKind.MultilayerPerceptron, false),
        [nameof(IdecOptions.HiddenLayers)] = (o => o.HiddenLayers = [20], false),
        [nameof(IdecOptions.Initialization)] = (o => o.Initialization = WeightInitialization.PyTorch, false),
        [nameof(IdecOptions.Precision)] = (o => o.Precision = NumericPrecision.BFloat16, false),
        [nameof(IdecOptions.NumberOfThreads)] = (o => o.NumberOfThreads = 2, false),
        [nameof(IdecOptions.ScoringBatchSize)] = (o => o.ScoringBatchSize = 7, true),
    };

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _checkpoints = new();
    private readonly List<string> _log = [];

    public static IEnumerable<object[]> Methods => TestMethods.All.Where(m => MethodNames.OptionTypes[(string)m[0]].IsSubclassOf(typeof(AutoencoderFamilyOptions)));

    public static IEnumerable<object[]> Changed => Changes.Keys.Select(name => new object[] { name });

    [TestCleanup]
    public void DeleteFolders()
    {
        _folder.Dispose();
        _checkpoints.Dispose();
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_TwiceInAFolder_GivesTheModelOfATrainingAlone(string method, bool images)
    {
        var alone = Fit(Options(method, folder: false), images);
        Assert.AreEqual(alone, Fit(Options(method), images));
        Assert.AreEqual(alone, Fit(Options(method), images));
    }

    [TestMethod]
    [DataRow("Idec", "Dec")]
    [DataRow("Dec", "DecUco")]
    [DataRow("AutoencoderKMeans", "Centering")]
    public void Fit_PretrainedByAnotherMethod_PretrainsNoMoreAndGivesTheModelOfATrainingAlone(string first, string second)
    {
        Fit(Options(first), images: true);
        var options = Options(second, folder: false);
        var alone = Fit(options, images: true);
        options.PretrainingFolder = _folder.File("");
        Assert.AreEqual(0, PretrainingEpochs(options, out var shared));
        Assert.AreEqual(alone, shared);
        Assert.HasCount(1, _folder.Files());
        StringAssert.Contains(string.Join('\n', _log), "pretraining is that of an earlier training");
    }

    [TestMethod]
    [DataRow("DeepKMeans")]
    [DataRow("DynamicAutoencoder")]
    [DataRow("Vade")]
    public void Fit_PretrainedWithAnotherLossOrFirstWeights_GivesTheModelOfATrainingAlone(string method)
    {
        Fit(Options("Idec"), images: false);
        Assert.AreEqual(Fit(Options(method, folder: false), images: false), Fit(Options(method), images: false));
    }

    [TestMethod]
    [DynamicData(nameof(Changed))]
    public void Fit_PretrainedWithAnotherOption_GivesTheModelOfATrainingAlone(string option)
    {
        var (change, isShared) = Changes[option];
        var images = option is nameof(IdecOptions.Augmentation) or nameof(IdecOptions.CleanPretraining) or nameof(IdecOptions.ImageShape) or nameof(IdecOptions.Network);
        Fit(Options("Idec"), images);
        var (alone, shared) = ((IdecOptions)Options("Idec", folder: false), (IdecOptions)Options("Idec"));
        change(alone);
        change(shared);
        var expected = Fit(alone, images);
        var epochs = PretrainingEpochs(shared, out var found, images);
        Assert.AreEqual(expected, found);
        if (isShared)
            Assert.AreEqual(2 * (shared.NumberOfRuns - 1), epochs);
        else
            Assert.IsGreaterThan(0, epochs);
    }

    // Each reads an option besides those of the first.
    [TestMethod]
    [DataRow("adversarial")]
    [DataRow("settling")]
    [DataRow("augmented")]
    public void Fit_OptionThatOnlySomePretrainingsRead_IsNotShared(string kind)
    {
        IdecOptions Both(bool changed, bool folder)
        {
            var options = (IdecOptions)Options("Idec", folder);
            (options.Network, options.HiddenLayers) = (NetworkKind.MultilayerPerceptron, [8]);
            switch (kind)
            {
                case "adversarial":
                    (options.Pretraining, options.InterpolationWeight) = (PretrainingObjective.AdversarialInterpolation, changed ? 0.3 : 0.5);
                    break;
                case "settling":
                    (options.PretrainingEpochs, options.ScoringBatchSize) = (null, changed ? 7 : 256);
                    break;
                default:
                    (options.Augmentation, options.CleanPretraining) = (new(), changed);
                    break;
            }

            return options;
        }

        Fit(Both(changed: false, folder: true), images: true);
        Assert.AreEqual(Fit(Both(changed: true, folder: false), images: true), Fit(Both(changed: true, folder: true), images: true));
        Assert.HasCount(2, _folder.Files());
    }

    [TestMethod]
    public void Fit_AnyPropertyOfAnAugmentation_IsNotShared()
    {
        ImageAugmentation[] all =
        [
            new(), new() { Shift = 0.2 }, new() { ShiftUnit = ShiftUnit.Pixels }, new() { Rotation = 5 }, new() { Shear = 3 }, new() { Scale = 0.1 }, new() { Fill = AugmentationFill.Zeros },
            new() { Interpolation = AugmentationInterpolation.Nearest },
        ];
        Assert.HasCount(1 + typeof(ImageAugmentation).GetProperties().Length, all);
        foreach (var augmentation in all)
        {
            var options = (IdecOptions)Options("Idec");
            (options.Network, options.HiddenLayers, options.Augmentation) = (NetworkKind.MultilayerPerceptron, [8], augmentation);
            Fit(options, images: true);
        }

        Assert.HasCount(all.Length, _folder.Files());
        // What pretraining does not see, in another culture.
        var (clean, culture) = ((IdecOptions)Options("Idec"), CultureInfo.CurrentCulture);
        (clean.Network, clean.HiddenLayers) = (NetworkKind.MultilayerPerceptron, [8]);
        Fit(clean, images: true);
        try
        {
            CultureInfo.CurrentCulture = new("de-DE");
            (clean.Augmentation, clean.CleanPretraining) = (all[1], true);
            Assert.AreEqual(0, PretrainingEpochs(clean, out _));
            (clean.Augmentation, clean.CleanPretraining) = (all[1], false);
            Assert.AreEqual(0, PretrainingEpochs(clean, out _));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [TestMethod]
    [DataRow("AutoencoderKMeans", "Dec")]
    [DataRow("Dec", "Centering")]
    public void Fit_RowsOfZeroWithAnotherLoss_GivesTheModelOfATrainingAlone(string first, string second)
    {
        // Every loss is 0 there at first.
        var zero = new DataChange { What = "zeros" };
        Fit(Options(first), images: false, zero);
        Assert.AreEqual(Fit(Options(second, folder: false), images: false, zero), Fit(Options(second), images: false, zero));
        Assert.HasCount(2, _folder.Files());
    }

    [TestMethod]
    public void Changes_OfTheOptions_AreAll()
    {
        var names = typeof(IdecOptions).GetProperties().Where(p => p.DeclaringType != typeof(IdecOptions) && p.DeclaringType != typeof(DecFamilyOptions)).Select(p => p.Name);
        Assert.AreEqual("", string.Join(", ", names.Except(Changes.Keys).Except(NotChanged)));
    }

    [TestMethod]
    public void Fit_LikelihoodOfVade_IsNotShared()
    {
        VadeOptions Vade(VadeLikelihood likelihood, bool folder)
        {
            var options = (VadeOptions)Options("Vade", folder);
            options.Likelihood = likelihood;
            return options;
        }

        Fit(Vade(VadeLikelihood.Gaussian, folder: true), images: false, new() { IsUnit = true });
        Assert.AreEqual(
            Fit(Vade(VadeLikelihood.Bernoulli, folder: false), images: false, new() { IsUnit = true }),
            Fit(Vade(VadeLikelihood.Bernoulli, folder: true), images: false, new() { IsUnit = true }));
    }

    [TestMethod]
    [DataRow("order")]
    [DataRow("value")]
    [DataRow("weight")]
    [DataRow("rows")]
    [DataRow("zeros")]
    public void Fit_PretrainedOnOtherData_GivesTheModelOfATrainingAlone(string difference)
    {
        Fit(Options("Dec"), images: false);
        var change = new DataChange { What = difference };
        Assert.AreEqual(Fit(Options("Dec", folder: false), images: false, change), Fit(Options("Dec"), images: false, change));
        Assert.HasCount(2, _folder.Files());
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(100)]
    [DataRow(5000)]
    [DataRow(-1)]
    [DataRow(-2)]
    public void Fit_DamagedFile_WarnsTrainsForItselfAndReplacesIt(int length)
    {
        var alone = Fit(Options("Dec"), images: false);
        var file = _folder.File(_folder.Files().Single());
        var whole = File.ReadAllBytes(file);
        if (length >= 0)
        {
            File.WriteAllBytes(file, whole[..length]);
        }
        else
        {
            // The whole file of another training, of the same network or of another.
            var other = Options("Dec");
            (other.Seed, other.EmbeddingSize) = (6, length == -1 ? 10 : 4);
            Fit(other, images: false);
            File.Copy(_folder.Files().Select(_folder.File).Single(f => f != file), file, overwrite: true);
        }

        _log.Clear();
        Assert.AreEqual(alone, Fit(Options("Dec"), images: false));
        var warning = _log.Single(l => l.Contains("cannot be used", StringComparison.Ordinal));
        StringAssert.Contains(warning, $"The pretrained autoencoder {file} cannot be used; this training pretrains for itself and replaces it. It ");
        StringAssert.DoesNotMatch(warning, new("Delete the file"));
        Assert.AreEqual(0, PretrainingEpochs(Options("Dec"), out var again, images: false));
        Assert.AreEqual(alone, again);
    }

    [TestMethod]
    public void Fit_FileThatCannotBeWritten_WarnsAndGoesOn()
    {
        var alone = Fit(Options("Dec"), images: false);
        var file = _folder.File(_folder.Files().Single());
        File.Delete(file);
        Directory.CreateDirectory(file);
        Assert.AreEqual(alone, Fit(Options("Dec"), images: false));
        Assert.ContainsSingle(l => l.Contains($"The pretrained autoencoder {file} could not be written; training goes on.", StringComparison.Ordinal), _log);
        Assert.IsEmpty(_folder.Files());
    }

    [TestMethod]
    [DataRow(3, true)]
    [DataRow(3, false)]
    [DataRow(12, true)]
    [DataRow(12, false)]
    public void Fit_BrokenOffAndTakenUp_EndsBitForBitAndLeavesNothingWrong(int report, bool keepsFiles)
    {
        var alone = Fit(Options("Idec", folder: false), images: false);
        Assert.ThrowsExactly<BreakException>(() => Fit(Broken(report), images: false));
        // Another training may come first to the end of pretraining.
        Fit(Options("Dec"), images: false);
        if (!keepsFiles)
            Array.ForEach(_folder.Files(), f => File.Delete(_folder.File(f)));
        var resumed = Options("Idec");
        resumed.CheckpointPath = _checkpoints.File("training.checkpoint");
        Assert.AreEqual(alone, Fit(resumed, images: false));
        Assert.AreEqual(alone, Fit(Options("Idec"), images: false));
    }

    [TestMethod]
    public void Fit_BrokenOffOrDivergedInPretraining_LeavesNoFile()
    {
        Assert.ThrowsExactly<BreakException>(() => Fit(Broken(3), images: false));
        var diverging = Options("Dec");
        diverging.PretrainingLearningRate = 1e30;
        Assert.ThrowsExactly<InvalidOperationException>(() => Fit(diverging, images: false));
        Assert.IsEmpty(_folder.Files());
    }

    [TestMethod]
    [DataRow("Dcn", "Dcn carries the optimiser of pretraining on")]
    [DataRow("DeepKMeans", "DeepKMeans carries the optimiser of pretraining on")]
    [DataRow("Dec", "Dec has LayerwiseEpochs")]
    public void Fit_PretrainingThatIsNotShared_IsSaid(string method, string reason)
    {
        var options = Options(method);
        options.LayerwiseEpochs = method == "Dec" ? 1 : 0;
        Fit(options, images: false);
        Assert.ContainsSingle(l => l.Contains($"PretrainingFolder is set, but {reason}; it pretrains for itself.", StringComparison.Ordinal), _log);
        Assert.IsEmpty(_folder.Files());
    }

    [TestMethod]
    public void Fit_FolderThatIsMissingEmptyOrWithAnExecutor_IsRefused()
    {
        var options = Options("Dec");
        options.PretrainingFolder = _folder.File("missing");
        StringAssert.Contains(Assert.ThrowsExactly<DirectoryNotFoundException>(() => Fit(options, images: false)).Message, $"PretrainingFolder is {_folder.File("missing")}, which is not a folder; create it first.");
        options.PretrainingFolder = "";
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => Fit(options, images: false)).Message, "PretrainingFolder is \"\"; it must be the path of a folder, or null");
        options = Options("Dec");
        options.RunExecutor = new ChildProcessExecutor();
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => Fit(options, images: false)).Message, "it must be null where RunExecutor is set");
        var ml = new MLContext(seed: 1);
        var scanned = Options("Dec");
        StringAssert.Contains(
            Assert.Throws<ArgumentException>(() => ml.Clustering.ScanNumberOfClusters(TestRows.View(ml, Trainings.MakeRows(images: false), images: false), scanned, 2, 3, 1)).Message,
            "null, because the trainings of a scan share their pretraining by themselves");
    }

    [TestMethod]
    public void Fit_TakenUpInPretrainingFromACheckpoint_LeavesNoFile()
    {
        // Which another number of threads, for example, may have begun.
        Assert.ThrowsExactly<BreakException>(() => Fit(Broken(5), images: false));
        var resumed = Options("Idec");
        resumed.CheckpointPath = _checkpoints.File("training.checkpoint");
        Fit(resumed, images: false);
        Assert.IsEmpty(_folder.Files());
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
        var alone = Fit(Options("Dec"), images: false);
        var file = _folder.File(_folder.Files().Single());
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
        _log.Clear();
        Assert.AreEqual(alone, Fit(Options("Dec"), images: false));
        StringAssert.Contains(_log.Single(l => l.Contains("cannot be used", StringComparison.Ordinal)), reason);
        Assert.AreEqual(0, PretrainingEpochs(Options("Dec"), out var again, images: false));
        Assert.AreEqual(alone, again);
    }

    private AutoencoderFamilyOptions Options(string method, bool folder = true)
    {
        var options = (AutoencoderFamilyOptions)TestMethods.Options(method);
        options.NumberOfThreads = 1;
        if (folder)
            options.PretrainingFolder = _folder.File("");
        return options;
    }

    private AutoencoderFamilyOptions Broken(int report)
    {
        var (options, reports) = (Options("Idec"), 0);
        options.CheckpointPath = _checkpoints.File("training.checkpoint");
        options.Progress = new Reporter(_ =>
        {
            if (++reports == report)
                throw new BreakException();
        });
        return options;
    }

    private int PretrainingEpochs(AutoencoderFamilyOptions options, out string outcome, bool images = true)
    {
        var epochs = 0;
        options.Progress = new Reporter(p => epochs += p.Completed?.Phase == "pretraining" ? 1 : 0);
        outcome = Fit(options, images);
        return epochs;
    }

    private string Fit(AutoencoderFamilyOptions options, bool images, DataChange? change = null)
    {
        var ml = new MLContext(seed: 1);
        ml.Log += (_, e) => _log.Add(e.RawMessage);
        // Small networks are trained in no time.
        if (!images)
            options.HiddenLayers ??= [16, 8];
        var rows = (change ?? new()).Apply(Trainings.MakeRows(images));
        if (change?.What == "weight")
            options.ExampleWeightColumnName = nameof(TestRow.Label);
        var schema = TestRows.Schema(images ? [1, TestRows.Side, TestRows.Side] : [rows[0].Features.Length]);
        using var model = TestMethods.Trainer(ml, options).Fit(ml.Data.LoadFromEnumerable(rows, schema));
        return Outcome.Of(model);
    }

    private sealed class BreakException : Exception;

    private sealed record DataChange
    {
        public string What { get; init; } = "";

        // Values in 0 to 1.
        public bool IsUnit { get; init; }

        public TestRow[] Apply(TestRow[] rows)
        {
            switch (What)
            {
                case "order": (rows[0], rows[1]) = (rows[1], rows[0]); break;
                // Beyond those of the error that the start of pretraining has.
                case "value": rows[^1].Features[^1] += 1e-6f; break;
                case "weight": Array.ForEach(rows, r => r.Label += 1); break;
                case "rows": return rows[..^1];
                case "zeros": Array.ForEach(rows[..^4], r => Array.Clear(r.Features)); break;
            }

            if (IsUnit)
                Array.ForEach(rows, r => r.Features = [.. r.Features.Select(f => Math.Clamp((f + 1) / 2, 0, 1))]);
            return rows;
        }
    }
}
