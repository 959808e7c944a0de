using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

[TestClass]
public sealed class OptionsTests
{
    [TestMethod]
    public void DdcOptions_Defaults_AreTheAuthors()
    {
        var options = new DdcOptions();
        Assert.AreEqual((1e-3, 4, 10.0), (options.LearningRate, options.EvaluationInterval, options.GradientClip));
        Assert.AreEqual((null, null, 120, 200), (options.BatchSize, options.NumberOfEpochs, options.BatchSizeFor(10_000), options.EpochsFor(10_000)));
        Assert.AreEqual((5, 1, RunCriterion.LowestLoss, 256), (options.NumberOfClusters, options.NumberOfRuns, options.RunCriterion, options.ScoringBatchSize));
        Assert.AreEqual((BandwidthRule.MedianOfSquaredDistances, WeightInitialization.HeNormal, NormalizationConstants.PyTorch, NetworkKind.Auto), (options.Bandwidth, options.Initialization, options.Normalization, options.Network));
        Assert.AreEqual(("Features", "PredictedLabel", "Score", "Probability", "Embedding"), (options.FeatureColumnName, options.PredictedLabelColumnName, options.ScoreColumnName, options.ProbabilityColumnName, options.EmbeddingColumnName));
        Assert.IsNull(options.Seed);
        Assert.IsNull(options.NumberOfThreads);
        Assert.IsNull(options.ImageShape);
    }

    [TestMethod]
    public void DdcUcoOptions_Pr24_DiffersFromTheDefaultInItsInitialWeightsNormalizationRateAndLengths()
    {
        foreach (var (options, initialization, rate) in new[] { (new DdcUcoOptions(), WeightInitialization.HeNormal, 1e-4), (DdcUcoOptions.Presets.Pr24(), WeightInitialization.GlorotUniform, 1e-3) })
        {
            Assert.AreEqual(initialization, options.Initialization);
            Assert.AreEqual(initialization == WeightInitialization.HeNormal ? NormalizationConstants.PyTorch : NormalizationConstants.Keras, options.Normalization);
            int? given(int length) => initialization == WeightInitialization.HeNormal ? null : length;
            Assert.AreEqual((rate, 0.01, given(120), given(200)), (options.LearningRate, options.Companion.Weight, options.BatchSize, options.NumberOfEpochs));
            Assert.AreEqual((CompanionKernel.Tensor, CompanionWeighting.Constant, GrassmannRule.AsPrinted, FirstBlockTap.BeforePooling), (options.Companion.Kernel, options.Companion.Weighting, options.Companion.Grassmann, options.Companion.Tap));
        }
    }

    [TestMethod]
    public void DdcUcoOptions_Nldl21_HasThatPapersSettings()
    {
        var options = DdcUcoOptions.Presets.Nldl21();
        Assert.AreEqual((WeightInitialization.GlorotUniform, NormalizationConstants.Keras), (options.Initialization, options.Normalization));
        Assert.AreEqual((120, 200), (options.BatchSize, options.NumberOfEpochs));
        Assert.AreEqual((1e-4, 0.1, CompanionKernel.Naive, CompanionWeighting.Exponential), (options.LearningRate, options.Companion.Weight, options.Companion.Kernel, options.Companion.Weighting));
        Assert.AreNotSame(options, DdcUcoOptions.Presets.Nldl21());
    }

    [TestMethod]
    public void DdcFamily_PresetsOfTrosten_DifferInTheirRates()
    {
        foreach (var (options, rate) in new (DdcFamilyOptions, double)[]
        {
            (DdcOptions.Presets.Pr24(), 1e-3), (DdcOptions.Presets.Nldl21(), 1e-4), (DdcAutoencoderOptions.Presets.Pr24(), 1e-3), (DdcAutoencoderOptions.Presets.Nldl21(), 1e-4),
        })
        {
            Assert.AreEqual((rate, 120, 200), (options.LearningRate, options.BatchSize, options.NumberOfEpochs), options.MethodName);
            Assert.AreEqual((WeightInitialization.GlorotUniform, NormalizationConstants.Keras), (options.Initialization, options.Normalization), options.MethodName);
        }

        Assert.AreEqual(0.1, DdcAutoencoderOptions.Presets.Pr24().ReconstructionWeight);
    }

    public static IEnumerable<object[]> InvalidValues =>
    [
        Case(o => o.FeatureColumnName = "", "FeatureColumnName"),
        Case(o => o.NumberOfClusters = 1, "NumberOfClusters is 1; it must be 2 or more"),
        Case(o => o.BatchSize = 1, "BatchSize is 1; it must be 2 or more"),
        Case(o => o.LearningRate = double.NaN, "LearningRate is NaN"),
        Case(o => o.LearningRate = -1, "LearningRate is -1"),
        Case(o => o.NumberOfRuns = 0, "NumberOfRuns is 0"),
        Case(o => o.RunCriterion = (RunCriterion)9, "RunCriterion is 9"),
        Case(o => o.NumberOfThreads = 0, "NumberOfThreads is 0; it must be 1 to 1024"),
        Case(o => o.NumberOfThreads = 1025, "NumberOfThreads is 1025; it must be 1 to 1024"),
        Case(o => o.ScoringBatchSize = 0, "ScoringBatchSize is 0"),
        Case(o => o.NumberOfEpochs = 0, "NumberOfEpochs is 0"),
        Case(o => o.EvaluationInterval = 0, "EvaluationInterval is 0"),
        Case(o => o.GradientClip = 0, "GradientClip is 0"),
        Case(o => o.Companion.Weight = double.PositiveInfinity, "Companion.Weight is "),
        Case(o => o.ImageShape = new(0, 3, 3), "ImageShape is 0 x 3 x 3"),
        Case(o => o.Network = (NetworkKind)9, "Network is 9; it must be one of Auto"),
        Case(o => o.Initialization = (WeightInitialization)9, "Initialization is 9"),
        Case(o => o.Normalization = (NormalizationConstants)9, "Normalization is 9; it must be one of PyTorch, Keras"),
        Case(o => o.Bandwidth = (BandwidthRule)9, "Bandwidth is 9"),
        Case(o => o.Companion.Kernel = (CompanionKernel)9, "Companion.Kernel is 9"),
        Case(o => o.Companion.Weighting = (CompanionWeighting)9, "Companion.Weighting is 9"),
        Case(o => o.Companion.Grassmann = (GrassmannRule)9, "Companion.Grassmann is 9"),
        Case(o => o.Companion.Tap = (FirstBlockTap)9, "Companion.Tap is 9"),
        Case(o => o.ScoreColumnName = "PredictedLabel", "different names"),
        Case(o => o.ScoreColumnName = "", "not empty"),
        Case(o => (o.PredictedLabelColumnName, o.ScoreColumnName, o.ProbabilityColumnName, o.EmbeddingColumnName) = (null, null, null, null), "at least one output column"),
    ];

    private static object[] Case(Action<DdcUcoOptions> change, string expected) => [change, expected];

    [TestMethod]
    [DynamicData(nameof(InvalidValues))]
    public void Validate_InvalidValue_SaysSeenAndAllowed(Action<DdcUcoOptions> change, string expected)
    {
        var options = new DdcUcoOptions();
        change(options);
        var faults = new OptionFaults();
        options.Validate(faults);
        var error = Assert.ThrowsExactly<ArgumentException>(() => faults.ThrowIfAny("DdcUco"));
        StringAssert.Contains(error.Message, expected);
    }

    [TestMethod]
    public void Validate_Defaults_AreValid()
    {
        foreach (var type in MethodNames.OptionTypes.Values)
        {
            var faults = new OptionFaults();
            ((DeepClusteringOptions)Activator.CreateInstance(type)!).Validate(faults);
            faults.ThrowIfAny(type.Name);
        }
    }

    [TestMethod]
    public void Copy_OptionsWithinOptions_AreCopiedTooUnlessNothingCanChangeThem()
    {
        foreach (var type in MethodNames.OptionTypes.Values)
        {
            var options = (DeepClusteringOptions)Activator.CreateInstance(type)!;
            var copy = options.Copy();
            foreach (var property in type.GetProperties().Where(p => p.CanWrite && p.PropertyType.IsClass && p.PropertyType != typeof(string)))
            {
                if (property.GetValue(options) is { } within && !IsImmutable(property.PropertyType))
                    Assert.AreNotSame(within, property.GetValue(copy), $"{type.Name}.{property.Name}");
            }
        }

        Assert.IsTrue(IsImmutable(typeof(ImageAugmentation)));
        Assert.IsFalse(IsImmutable(typeof(CompanionOptions)));
    }

    [TestMethod]
    [DataRow("", "\"\"")]
    [DataRow("a\0b", "\"a\\0b\"")]
    public void Validate_PathsThatNoDiskHas_NameTheOption(string path, string seen)
    {
        var faults = new OptionFaults();
        new DecOptions { CheckpointPath = path, PretrainingFolder = path }.Validate(faults);
        var message = Assert.ThrowsExactly<ArgumentException>(() => faults.ThrowIfAny("Dec")).Message;
        StringAssert.Contains(message, $"CheckpointPath is {seen}; it must be the path of a file, or null");
        StringAssert.Contains(message, $"PretrainingFolder is {seen}; it must be the path of a folder, or null");
    }

    [TestMethod]
    public void Copy_Companion_HasItsValuesAndKeepsThem()
    {
        var options = new DecUcoOptions { Companion = new() { Weight = 0.3, Kernel = CompanionKernel.Naive } };
        var copy = (DecUcoOptions)options.Copy();
        options.Companion.Weight = -1;
        Assert.AreEqual((0.3, CompanionKernel.Naive), (copy.Companion.Weight, copy.Companion.Kernel));
    }

    [TestMethod]
    [DataRow("Ddc")]
    [DataRow("DdcUco")]
    [DataRow("DdcAutoencoder")]
    public void Fit_OneSidedGradient_GivesAnotherModel(string method)
    {
        CollectionAssert.AreEqual(Scores(DistanceGradient.Exact), Scores(DistanceGradient.Exact));
        CollectionAssert.AreNotEqual(Scores(DistanceGradient.Exact), Scores(DistanceGradient.OneSided));

        float[] Scores(DistanceGradient gradient)
        {
            var ml = new MLContext(seed: 1);
            var options = (DdcFamilyOptions)TestMethods.Options(method, epochs: 2);
            options.DistanceGradient = gradient;
            var view = TestRows.View(ml, TestRows.Make(30), images: true);
            using var model = TestMethods.Trainer(ml, options).Fit(view);
            return [.. TestRows.Scored(ml, model.Transform(view)).SelectMany(row => row.Score)];
        }
    }

    [TestMethod]
    public void Trainer_CompanionChangedAfterwards_TrainsWithTheFormer()
    {
        var ml = new MLContext(seed: 1);
        var options = (DdcUcoOptions)TestMethods.Options("DdcUco", epochs: 1);
        var trainer = TestMethods.Trainer(ml, options);
        // Fit would refuse it.
        options.Companion.Weight = -1;
        using var model = trainer.Fit(TestRows.View(ml, TestRows.Make(30), images: true));
        Assert.AreEqual(0.01, ((DdcUcoOptions)model.Trained.Options).Companion.Weight);
    }

    private static bool IsImmutable(Type type) => type.GetProperties().All(p => p.SetMethod is null
        || p.SetMethod.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit)));
}
