using Microsoft.ML.DeepClustering.Options;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

[TestClass]
public sealed class CentroidOptionsTests
{
    [TestMethod]
    public void AutoencoderFamily_Defaults_AreThoseOfTheDocumentation()
    {
        AutoencoderFamilyOptions[] all = [new AutoencoderKMeansOptions(), new DecOptions(), new IdecOptions(), new DecUcoOptions(), new DcnOptions(), new DeepKMeansOptions(), new CenteringOptions(), new DynamicAutoencoderOptions()];
        foreach (var options in all)
        {
            var (isDec, isDynamic) = (options is DecFamilyOptions, options is DynamicAutoencoderOptions);
            Assert.AreEqual((null, null, null, 20), (options.BatchSize, options.PretrainingEpochs, options.NumberOfEpochs, options.KMeansRestarts), options.MethodName);
            Assert.AreEqual((256, isDynamic ? 300 : 50), (options.BatchSizeFor(10_000), options.PretrainingEpochsFor(10_000)), options.MethodName);
            Assert.AreEqual(isDynamic ? WeightInitialization.UniformByInputs : WeightInitialization.GlorotUniform, options.Initialization, options.MethodName);
            Assert.AreEqual(isDec || isDynamic ? 10 : null, options.EmbeddingSize, options.MethodName);
            Assert.AreEqual(isDec ? 1e-4 : 1e-3, options.LearningRate, options.MethodName);
            Assert.AreEqual(isDec ? 1e-3 : isDynamic ? 3e-4 : null, options.PretrainingLearningRate, options.MethodName);
        }
    }

    [TestMethod]
    public void DecFamily_Defaults_AreThoseOfTheDocumentation()
    {
        foreach (var options in new DecFamilyOptions[] { new DecOptions(), new IdecOptions(), new DecUcoOptions() })
        {
            Assert.AreEqual((150, (int?)null, UpdateUnit.Iterations, 0.001, OptimizerKind.Adam), (options.EpochsFor(10_000), options.UpdateInterval, options.UpdateUnit, options.LabelChangeTolerance, options.Optimizer));
        }

        Assert.AreEqual((0.1, 1.0), (new IdecOptions().ClusteringWeight, new IdecOptions().ReconstructionWeight));
        var uco = new DecUcoOptions().Companion;
        Assert.AreEqual(
            (CompanionKernel.Tensor, 0.01, CompanionWeighting.Constant, BandwidthRule.MedianOfSquaredDistances, GrassmannRule.AsPrinted, FirstBlockTap.BeforePooling),
            (uco.Kernel, uco.Weight, uco.Weighting, uco.Bandwidth, uco.Grassmann, uco.Tap));
    }

    [TestMethod]
    [DataRow(null, UpdateUnit.Iterations, 2, 140)]
    [DataRow(null, UpdateUnit.Iterations, 29, 140)]
    [DataRow(null, UpdateUnit.Iterations, 30, 30)]
    [DataRow(null, UpdateUnit.Iterations, 37, 37, DisplayName = "USPS")]
    [DataRow(null, UpdateUnit.Iterations, 140, 140)]
    [DataRow(null, UpdateUnit.Iterations, 274, 140, DisplayName = "MNIST")]
    [DataRow(null, UpdateUnit.Epochs, 274, 274)]
    [DataRow(3, UpdateUnit.Iterations, 37, 3)]
    [DataRow(3, UpdateUnit.Epochs, 37, 111)]
    public void DecFamily_StepsBetweenUpdates_FollowTheOptions(int? interval, UpdateUnit unit, long batches, long expected)
        => Assert.AreEqual(expected, new DecOptions { UpdateInterval = interval, UpdateUnit = unit }.StepsBetweenUpdates(batches));

    [TestMethod]
    public void DecFamily_Pr24_HasTheSettingsOfThatCode()
    {
        foreach (var (options, rate) in new (DecFamilyOptions, double)[] { (DecOptions.Presets.Pr24(), 1e-3), (IdecOptions.Presets.Pr24(), 1e-3), (DecUcoOptions.Presets.Pr24(), 1e-4) })
        {
            Assert.AreEqual((256, 200, 400, (double?)rate, rate), (options.BatchSize, options.PretrainingEpochs, options.NumberOfEpochs, options.PretrainingLearningRate, options.LearningRate));
            Assert.AreEqual(((int?)140, UpdateUnit.Epochs, 20, 10), (options.UpdateInterval, options.UpdateUnit, options.KMeansRestarts, options.EmbeddingSize));
        }

        Assert.AreEqual((1.0, 10.0), (IdecOptions.Presets.Pr24().ClusteringWeight, IdecOptions.Presets.Pr24().ReconstructionWeight));
    }

    [TestMethod]
    public void OtherMethods_Defaults_AreThoseOfTheDocumentation()
    {
        var dcn = new DcnOptions();
        Assert.AreEqual((50, 0.1, CentroidInitialization.KMeans), (dcn.EpochsFor(10_000), dcn.ClusteringWeight, dcn.CentroidInitialization));
        var dkm = new DeepKMeansOptions();
        Assert.AreEqual((100, 1.0, 1000.0, false, CentroidInitialization.KMeans), (dkm.EpochsFor(10_000), dkm.ClusteringWeight, dkm.Alpha, dkm.Annealing, dkm.CentroidInitialization));
        Assert.AreEqual((false, 4), (dkm.Reinitialization, dkm.ReinitializationRestarts));
        var centering = new CenteringOptions();
        Assert.AreEqual((100, 1.0, 3.0, true, 4), (centering.EpochsFor(10_000), centering.ClusteringWeight, centering.Alpha, centering.Reinitialization, centering.ReinitializationRestarts));
        var depict = new DepictOptions();
        Assert.AreEqual((256, 50, 50, 150, 20), (depict.BatchSizeFor(10_000), depict.PretrainingEpochsFor(10_000), depict.InitializationEpochsFor(10_000), depict.EpochsFor(10_000), depict.KMeansRestarts));
        Assert.AreEqual((1e-4, (double?)1e-3, WeightInitialization.GlorotUniform, (int?)null), (depict.LearningRate, depict.PretrainingLearningRate, depict.Initialization, depict.EmbeddingSize));
        Assert.AreEqual((0.1, 0.0), (depict.DropoutFor(new([1, 8, 8])), depict.DropoutFor(new([8]))));
        Assert.AreEqual(((double?)null, 0.1, DepictTarget.Squared, 1e-7), (depict.Dropout, depict.LayerReconstructionWeight, depict.Target, depict.TargetTolerance));
        var ddc = new DdcAutoencoderOptions();
        Assert.AreEqual((1e-3, 120, 200, 0.1), (ddc.LearningRate, ddc.BatchSizeFor(10_000), ddc.EpochsFor(10_000), ddc.ReconstructionWeight));
    }

    [TestMethod]
    public void Presets_HaveThePapersTable()
    {
        Assert.AreEqual((10.0, 0.1), (DcnOptions.Presets.Mnist().ClusteringWeight, DcnOptions.Presets.Usps().ClusteringWeight));
        DeepKMeansOptions[] dkm = [DeepKMeansOptions.Presets.Mnist(), DeepKMeansOptions.Presets.Usps(), DeepKMeansOptions.Presets.Coil100(), DeepKMeansOptions.Presets.CmuPie(), DeepKMeansOptions.Presets.Rcv1()];
        CollectionAssert.AreEqual(new[] { 1, 1, 0.1, 0.01, 0.01 }, dkm.Select(o => o.ClusteringWeight).ToArray());
        CollectionAssert.AreEqual(new[] { 10, 10, 100, 68, 4 }, dkm.Select(o => o.NumberOfClusters).ToArray());
        CenteringOptions[] centering = [CenteringOptions.Presets.Mnist(), CenteringOptions.Presets.Usps(), CenteringOptions.Presets.Coil100(), CenteringOptions.Presets.CmuPie(), CenteringOptions.Presets.Rcv1()];
        CollectionAssert.AreEqual(new[] { 10, 10, 10, 1e-3, 1e-4 }, centering.Select(o => o.ClusteringWeight).ToArray());
        CollectionAssert.AreEqual(new[] { 3, 2.5, 3, 2, 2 }, centering.Select(o => o.Alpha).ToArray());
        Assert.IsTrue(dkm.Concat<AutoencoderFamilyOptions>(centering).All(o => o.Network == NetworkKind.MultilayerPerceptron));
        AssertLengths([.. dkm, .. centering], 256, 50, 100);
        AssertLengths([DcnOptions.Presets.Mnist(), DcnOptions.Presets.Usps()], 256, 50, 50);
        var annealed = DeepKMeansOptions.Presets.Annealed();
        Assert.AreEqual(0.1, annealed.ClusteringWeight);
        Assert.AreEqual((0, 200, true, CentroidInitialization.Uniform), (annealed.PretrainingEpochs, annealed.NumberOfEpochs, annealed.Annealing, annealed.CentroidInitialization));
        AssertLengths([annealed, DcnOptions.Presets.WithoutPretraining()], 256, 0, 200);
        var published = DepictOptions.Presets.Published();
        Assert.AreEqual((100, (int?)4000, (int?)4000, (int?)4000, 40), (published.BatchSize, published.PretrainingEpochs, published.InitializationEpochs, published.NumberOfEpochs, published.KMeansRestarts));
        Assert.AreEqual((1e-4, (double?)1e-4, (double?)0.1, 0.1, DepictTarget.Squared), (published.LearningRate, published.PretrainingLearningRate, published.Dropout, published.LayerReconstructionWeight, published.Target));
        Assert.AreEqual((0, 1e-3, null), (IdecOptions.Presets.WithoutPretraining().PretrainingEpochs, IdecOptions.Presets.WithoutPretraining().LearningRate, IdecOptions.Presets.WithoutPretraining().NumberOfEpochs));
        var without = DcnOptions.Presets.WithoutPretraining();
        Assert.AreEqual((0, 200, CentroidInitialization.Uniform), (without.PretrainingEpochs, without.NumberOfEpochs, without.CentroidInitialization));
        Assert.AreEqual(0.1, without.ClusteringWeight);
        AutoencoderFamilyOptions[] papers = [annealed, without, IdecOptions.Presets.WithoutPretraining(), DynamicAutoencoderOptions.Presets.Published(1)];
        Assert.IsTrue(papers.All(o => o.Network == NetworkKind.MultilayerPerceptron));
    }

    // Whatever the number of rows.
    private static void AssertLengths(AutoencoderFamilyOptions[] all, int batchSize, int pretrainingEpochs, int epochs)
    {
        foreach (var options in all)
            Assert.AreEqual((batchSize, pretrainingEpochs, epochs), (options.BatchSize, options.PretrainingEpochs, options.NumberOfEpochs), options.MethodName);
    }

    public static IEnumerable<object[]> InvalidValues =>
    [
        Case<DecOptions>(o => o.EmbeddingSize = 0, "EmbeddingSize is 0; it must be 1 or more"),
        Case<DecOptions>(o => o.PretrainingEpochs = -1, "PretrainingEpochs is -1; it must be 0 or more"),
        Case<AutoencoderKMeansOptions>(o => o.PretrainingEpochs = 0, "PretrainingEpochs is 0; it must be 1 or more"),
        Case<DecOptions>(o => o.KMeansRestarts = 0, "KMeansRestarts is 0"),
        Case<DecOptions>(o => o.NumberOfEpochs = 0, "NumberOfEpochs is 0"),
        Case<DecOptions>(o => o.PretrainingLearningRate = double.NaN, "PretrainingLearningRate is NaN"),
        Case<DcnOptions>(o => o.PretrainingLearningRate = 0, "PretrainingLearningRate is 0"),
        Case<DecOptions>(o => o.PretrainingOptimizer = (OptimizerKind)9, "PretrainingOptimizer is 9"),
        Case<IdecOptions>(o => o.Optimizer = (OptimizerKind)9, "Optimizer is 9"),
        Case<DecOptions>(o => o.PretrainingCorruption = 1, "PretrainingCorruption is 1; it must be 0 to below 1"),
        Case<DecOptions>(o => o.PretrainingCorruption = double.NaN, "PretrainingCorruption is NaN"),
        Case<DecOptions>(o => o.LayerwiseEpochs = -1, "LayerwiseEpochs is -1"),
        Case<DynamicAutoencoderOptions>(o => o.Thresholds = (ThresholdRule)9, "Thresholds is 9"),
        Case<DynamicAutoencoderOptions>(o => o.Augmentation = new() { ShiftUnit = (ShiftUnit)9 }, "Augmentation.ShiftUnit is 9"),
        Case<DynamicAutoencoderOptions>(o => o.Augmentation = new() { ShiftUnit = ShiftUnit.Pixels, Shift = -1 }, "Augmentation.Shift is -1"),
        Case<DecOptions>(o => o.UpdateInterval = 0, "UpdateInterval is 0"),
        Case<DecOptions>(o => o.UpdateUnit = (UpdateUnit)9, "UpdateUnit is 9"),
        Case<DecOptions>(o => o.LabelChangeTolerance = 1.5, "LabelChangeTolerance is 1.5; it must be 0 to 1"),
        Case<DecOptions>(o => o.LabelChangeTolerance = double.NaN, "LabelChangeTolerance is NaN"),
        Case<IdecOptions>(o => o.ClusteringWeight = 0, "ClusteringWeight is 0"),
        Case<IdecOptions>(o => o.ReconstructionWeight = double.PositiveInfinity, "ReconstructionWeight is "),
        Case<DecUcoOptions>(o => o.Companion.Kernel = (CompanionKernel)9, "Companion.Kernel is 9"),
        Case<DecUcoOptions>(o => o.Companion.Weight = -1, "Companion.Weight is -1"),
        Case<DecUcoOptions>(o => o.Companion.Weighting = (CompanionWeighting)9, "Companion.Weighting is 9"),
        Case<DecUcoOptions>(o => o.Companion.Bandwidth = (BandwidthRule)9, "Companion.Bandwidth is 9"),
        Case<DecUcoOptions>(o => o.Companion.Grassmann = (GrassmannRule)9, "Companion.Grassmann is 9"),
        Case<DecUcoOptions>(o => o.Companion.Tap = (FirstBlockTap)9, "Companion.Tap is 9"),
        Case<DdcAutoencoderOptions>(o => o.ReconstructionWeight = -1, "ReconstructionWeight is -1"),
        Case<DcnOptions>(o => o.NumberOfEpochs = 0, "NumberOfEpochs is 0"),
        Case<DcnOptions>(o => o.ClusteringWeight = -1, "ClusteringWeight is -1"),
        Case<DcnOptions>(o => o.CentroidInitialization = (CentroidInitialization)9, "CentroidInitialization is 9"),
        Case<DeepKMeansOptions>(o => o.Alpha = 0, "Alpha is 0"),
        Case<DeepKMeansOptions>(o => o.ClusteringWeight = double.NaN, "ClusteringWeight is NaN"),
        Case<DeepKMeansOptions>(o => (o.Annealing, o.NumberOfEpochs) = (true, 39), "NumberOfEpochs is 39; it must be 40 or more"),
        Case<DeepKMeansOptions>(o => o.CentroidInitialization = (CentroidInitialization)9, "CentroidInitialization is 9"),
        Case<DeepKMeansOptions>(o => o.ReinitializationRestarts = -1, "ReinitializationRestarts is -1"),
        Case<DepictOptions>(o => o.EmbeddingSize = 0, "EmbeddingSize is 0; it must be 1 or more"),
        Case<DepictOptions>(o => o.PretrainingEpochs = -1, "PretrainingEpochs is -1; it must be 0 or more"),
        Case<DepictOptions>(o => o.PretrainingLearningRate = 0, "PretrainingLearningRate is 0"),
        Case<DepictOptions>(o => o.InitializationEpochs = 0, "InitializationEpochs is 0; it must be 1 or more"),
        Case<DepictOptions>(o => o.Dropout = 1, "Dropout is 1; it must be 0 to below 1"),
        Case<DepictOptions>(o => o.Dropout = double.NaN, "Dropout is NaN"),
        Case<DepictOptions>(o => o.LayerReconstructionWeight = -1, "LayerReconstructionWeight is -1"),
        Case<DepictOptions>(o => o.Target = (DepictTarget)9, "Target is 9; it must be one of Squared, Balanced"),
        Case<DepictOptions>(o => o.TargetTolerance = double.PositiveInfinity, "TargetTolerance is "),
        Case<DepictOptions>(o => o.KMeansRestarts = 0, "KMeansRestarts is 0"),
        Case<CenteringOptions>(o => o.NumberOfEpochs = 0, "NumberOfEpochs is 0"),
        Case<CenteringOptions>(o => o.ClusteringWeight = -1, "ClusteringWeight is -1"),
        Case<CenteringOptions>(o => o.Alpha = double.PositiveInfinity, "Alpha is "),
        Case<CenteringOptions>(o => o.ReinitializationRestarts = -1, "ReinitializationRestarts is -1"),
    ];

    [TestMethod]
    [DynamicData(nameof(InvalidValues))]
    public void Validate_InvalidValue_SaysSeenAndAllowed(DeepClusteringOptions options, string expected)
    {
        var faults = new OptionFaults();
        options.Validate(faults);
        var error = Assert.ThrowsExactly<ArgumentException>(() => faults.ThrowIfAny(options.MethodName));
        StringAssert.Contains(error.Message, expected);
    }

    private static object[] Case<T>(Action<T> change, string expected)
        where T : DeepClusteringOptions, new()
    {
        var options = new T();
        change(options);
        return [options, expected];
    }
}
