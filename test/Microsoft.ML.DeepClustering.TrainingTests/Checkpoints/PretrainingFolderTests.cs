using System.Globalization;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Tests.Support;

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
        [nameof(IdecOptions.PretrainingOptimizer)] = (o => o.PretrainingOptimizer = OptimizerKind.Momentum, false),
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
        [nameof(IdecOptions.Normalization)] = (o => o.Normalization = NormalizationConstants.Keras, false),
        [nameof(IdecOptions.Precision)] = (o => o.Precision = NumericPrecision.BFloat16, false),
        [nameof(IdecOptions.NumberOfThreads)] = (o => o.NumberOfThreads = 2, false),
        [nameof(IdecOptions.ScoringBatchSize)] = (o => o.ScoringBatchSize = 7, true),
    };

    private readonly PretrainingTrainings _trainings = new();

    public static IEnumerable<object[]> Methods => TestMethods.All.Where(m => MethodNames.OptionTypes[(string)m[0]].IsSubclassOf(typeof(AutoencoderFamilyOptions)));

    public static IEnumerable<object[]> Changed => Changes.Keys.Select(name => new object[] { name });

    [TestCleanup]
    public void DeleteFolder() => _trainings.Dispose();

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_TwiceInAFolder_GivesTheModelOfATrainingAlone(string method, bool images)
    {
        var alone = _trainings.Fit(_trainings.Options(method, folder: false), images);
        Assert.AreEqual(alone, _trainings.Fit(_trainings.Options(method), images));
        Assert.AreEqual(alone, _trainings.Fit(_trainings.Options(method), images));
    }

    [TestMethod]
    [DataRow("Idec", "Dec")]
    [DataRow("Dec", "DecUco")]
    [DataRow("AutoencoderKMeans", "Centering")]
    public void Fit_PretrainedByAnotherMethod_PretrainsNoMoreAndGivesTheModelOfATrainingAlone(string first, string second)
    {
        _trainings.Fit(_trainings.Options(first), images: true);
        var options = _trainings.Options(second, folder: false);
        var alone = _trainings.Fit(options, images: true);
        options.PretrainingFolder = _trainings.Folder.File("");
        Assert.AreEqual(0, _trainings.PretrainingEpochs(options, out var shared));
        Assert.AreEqual(alone, shared);
        Assert.HasCount(1, _trainings.Folder.Files());
        StringAssert.Contains(string.Join('\n', _trainings.Log), "pretraining is that of an earlier training");
    }

    [TestMethod]
    [DataRow("DeepKMeans")]
    [DataRow("DynamicAutoencoder")]
    [DataRow("Vade")]
    public void Fit_PretrainedWithAnotherLossOrFirstWeights_GivesTheModelOfATrainingAlone(string method)
    {
        _trainings.Fit(_trainings.Options("Idec"), images: false);
        Assert.AreEqual(_trainings.Fit(_trainings.Options(method, folder: false), images: false), _trainings.Fit(_trainings.Options(method), images: false));
    }

    [TestMethod]
    [DynamicData(nameof(Changed))]
    public void Fit_PretrainedWithAnotherOption_GivesTheModelOfATrainingAlone(string option)
    {
        var (change, isShared) = Changes[option];
        var images = option is nameof(IdecOptions.Augmentation) or nameof(IdecOptions.CleanPretraining) or nameof(IdecOptions.ImageShape) or nameof(IdecOptions.Network) or nameof(IdecOptions.Normalization);
        _trainings.Fit(_trainings.Options("Idec"), images);
        var (alone, shared) = ((IdecOptions)_trainings.Options("Idec", folder: false), (IdecOptions)_trainings.Options("Idec"));
        change(alone);
        change(shared);
        var expected = _trainings.Fit(alone, images);
        var epochs = _trainings.PretrainingEpochs(shared, out var found, images);
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
            var options = (IdecOptions)_trainings.Options("Idec", folder);
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

        _trainings.Fit(Both(changed: false, folder: true), images: true);
        Assert.AreEqual(_trainings.Fit(Both(changed: true, folder: false), images: true), _trainings.Fit(Both(changed: true, folder: true), images: true));
        Assert.HasCount(2, _trainings.Folder.Files());
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
            var options = (IdecOptions)_trainings.Options("Idec");
            (options.Network, options.HiddenLayers, options.Augmentation) = (NetworkKind.MultilayerPerceptron, [8], augmentation);
            _trainings.Fit(options, images: true);
        }

        Assert.HasCount(all.Length, _trainings.Folder.Files());
        // What pretraining does not see, in another culture.
        var (clean, culture) = ((IdecOptions)_trainings.Options("Idec"), CultureInfo.CurrentCulture);
        (clean.Network, clean.HiddenLayers) = (NetworkKind.MultilayerPerceptron, [8]);
        _trainings.Fit(clean, images: true);
        try
        {
            CultureInfo.CurrentCulture = new("de-DE");
            (clean.Augmentation, clean.CleanPretraining) = (all[1], true);
            Assert.AreEqual(0, _trainings.PretrainingEpochs(clean, out _));
            (clean.Augmentation, clean.CleanPretraining) = (all[1], false);
            Assert.AreEqual(0, _trainings.PretrainingEpochs(clean, out _));
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
        var zero = new PretrainingTrainings.DataChange { What = "zeros" };
        _trainings.Fit(_trainings.Options(first), images: false, zero);
        Assert.AreEqual(_trainings.Fit(_trainings.Options(second, folder: false), images: false, zero), _trainings.Fit(_trainings.Options(second), images: false, zero));
        Assert.HasCount(2, _trainings.Folder.Files());
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
            var options = (VadeOptions)_trainings.Options("Vade", folder);
            options.Likelihood = likelihood;
            return options;
        }

        _trainings.Fit(Vade(VadeLikelihood.Gaussian, folder: true), images: false, new() { IsUnit = true });
        Assert.AreEqual(
            _trainings.Fit(Vade(VadeLikelihood.Bernoulli, folder: false), images: false, new() { IsUnit = true }),
            _trainings.Fit(Vade(VadeLikelihood.Bernoulli, folder: true), images: false, new() { IsUnit = true }));
    }

    [TestMethod]
    [DataRow("order")]
    [DataRow("value")]
    [DataRow("weight")]
    [DataRow("rows")]
    [DataRow("zeros")]
    public void Fit_PretrainedOnOtherData_GivesTheModelOfATrainingAlone(string difference)
    {
        _trainings.Fit(_trainings.Options("Dec"), images: false);
        var change = new PretrainingTrainings.DataChange { What = difference };
        Assert.AreEqual(_trainings.Fit(_trainings.Options("Dec", folder: false), images: false, change), _trainings.Fit(_trainings.Options("Dec"), images: false, change));
        Assert.HasCount(2, _trainings.Folder.Files());
    }

    [TestMethod]
    [DataRow("Dcn", "Dcn carries the optimiser of pretraining on")]
    [DataRow("DeepKMeans", "DeepKMeans carries the optimiser of pretraining on")]
    [DataRow("Dec", "Dec has LayerwiseEpochs")]
    [DataRow("Dec", "Dec has LayerwiseEpochs", 0)]
    public void Fit_PretrainingThatIsNotShared_IsSaid(string method, string reason, int? epochs = null)
    {
        var options = _trainings.Options(method);
        options.PretrainingEpochs = epochs ?? options.PretrainingEpochs;
        options.LayerwiseEpochs = method == "Dec" ? 1 : 0;
        _trainings.Fit(options, images: false);
        Assert.ContainsSingle(l => l.Contains($"PretrainingFolder is set, but {reason}; it pretrains for itself.", StringComparison.Ordinal), _trainings.Log);
        Assert.IsEmpty(_trainings.Folder.Files());
    }

    [TestMethod]
    public void Fit_FolderThatIsMissingEmptyOrWithAnExecutor_IsRefused()
    {
        var options = _trainings.Options("Dec");
        options.PretrainingFolder = _trainings.Folder.File("missing");
        StringAssert.Contains(Assert.ThrowsExactly<DirectoryNotFoundException>(() => _trainings.Fit(options, images: false)).Message, $"PretrainingFolder is {_trainings.Folder.File("missing")}, which is not a folder; create it first.");
        options.PretrainingFolder = "";
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => _trainings.Fit(options, images: false)).Message, "PretrainingFolder is \"\"; it must be the path of a folder, or null");
        options = _trainings.Options("Dec");
        options.RunExecutor = new ChildProcessExecutor();
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => _trainings.Fit(options, images: false)).Message, "it must be null where RunExecutor is set");
        var ml = new MLContext(seed: 1);
        var scanned = _trainings.Options("Dec");
        StringAssert.Contains(
            Assert.Throws<ArgumentException>(() => ml.Clustering.ScanNumberOfClusters(TestRows.View(ml, Trainings.MakeRows(images: false), images: false), scanned, 2, 3, 1)).Message,
            "null, because the trainings of a scan share their pretraining by themselves");
    }
}
