using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Augmentation;

/// <summary>Trainings of which each step sees changed images.</summary>
[TestClass]
public sealed class AugmentedTrainingTests
{
    public static IEnumerable<object[]> Methods => MethodNames.OptionTypes
        .Where(m => m.Value.IsSubclassOf(typeof(AutoencoderFamilyOptions))).Select(m => new object[] { m.Key });

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_Images_DependsOnTheAugmentationAndRepeats(string method)
    {
        var plain = Trainings.Line(Options(method, null), images: true);
        var changed = Trainings.Line(Options(method, new()), images: true);
        Assert.AreNotEqual(plain, changed);
        Assert.AreEqual(changed, Trainings.Line(Options(method, new()), images: true));
        Assert.AreNotEqual(changed, Trainings.Line(Options(method, new() { Shift = 0.2 }), images: true));
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_Vectors_GoesOnWithoutAndSaysSo(string method)
    {
        Assert.AreEqual(Trainings.Line(Options(method, null), images: false), Trainings.Line(Options(method, new()), images: false));
        var ml = new MLContext(seed: 1);
        var lines = new List<string>();
        ml.Log += (_, e) => lines.Add(e.Message);
        using var model = TestMethods.Trainer(ml, Options(method, new())).Fit(TestRows.View(ml, Trainings.MakeRows(images: false), images: false));
        Assert.HasCount(1, lines.FindAll(l => l.Contains("Augmentation is for images", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_ImagesThatPretrainingSeesAsTheyAre_DependsOnTheAugmentationOrSaysThatItHasNoEffect(string method)
    {
        AutoencoderFamilyOptions Clean(ImageAugmentation? augmentation)
        {
            var options = (AutoencoderFamilyOptions)Options(method, augmentation);
            options.CleanPretraining = true;
            return options;
        }

        var hasEffect = Trainings.Line(Clean(null), images: true) != Trainings.Line(Clean(new()), images: true);
        var saying = Clean(new()).PreparationFor(new InputShape([1, TestRows.Side, TestRows.Side])).Notes.Where(n => n.StartsWith("Augmentation changes no image: CleanPretraining is true", StringComparison.Ordinal));
        Assert.HasCount(hasEffect ? 0 : 1, saying.ToArray());
    }

    [TestMethod]
    public void Fit_BrokenOff_EndsBitForBit()
    {
        using var folder = new TemporaryFolder();
        var whole = Trainings.Line(Options("Idec", new()), images: true);
        var interrupted = Options("Idec", new());
        interrupted.CheckpointPath = folder.File("training.checkpoint");
        // In the second phase.
        interrupted.Progress = new Reporter(p =>
        {
            if (p is { Phase: "clustering", Epoch: 2 })
                throw new IOException("broken off");
        });
        Assert.ThrowsExactly<IOException>(() => Trainings.Line(interrupted, images: true));
        var resumed = Options("Idec", new());
        resumed.CheckpointPath = interrupted.CheckpointPath;
        Assert.AreEqual(whole, Trainings.Line(resumed, images: true));
    }

    [TestMethod]
    public void DecFamily_Target_IsOfTheImagesAsTheyAre()
    {
        using var scope = NewDisposeScope();
        var options = (DecOptions)Options("Dec", new());
        (options.PretrainingEpochs, options.Network) = (0, NetworkKind.MultilayerPerceptron);
        var system = (DecFamilyMethod)options.CreateMethod(new InputShape([1, 24, 24]));
        using var generator = new Generator(1);
        system.Initialize(generator);
        var images = TestTensors.Noise(8, 1, 24, 24).to(ScalarType.Float32).Times(30.0);
        using var data = new MemoryRows(images);
        var context = new TrainingContext(data, generator, _ => { }, _ => { }, CancellationToken.None);
        foreach (var phase in system.Phases(context))
        {
            phase.OnStart(context);
            phase.OnBatchStart(context);
            var seen = phase.See(images, context);
            Assert.IsGreaterThan(0.1, TestTensors.Value((seen - images).abs().max()));
            var loss = phase.Loss(new(images, seen, Arithmetic.Numbers(8, CPU))).Total();
            var expected = AssignmentDivergence.Compute(TargetDistribution.Compute(Assignments(images)), Assignments(seen));
            Assert.AreEqual(TestTensors.Value(expected), TestTensors.Value(loss), 1e-6);
            // That of the changed images' own target is another.
            var own = AssignmentDivergence.Compute(TargetDistribution.Compute(Assignments(seen)), Assignments(seen));
            Assert.IsGreaterThan(1e-4, Math.Abs(TestTensors.Value(own - loss)));
        }

        Tensor Assignments(Tensor rows) => StudentAssignment.Compute(CentroidDistance.Squared(system.Embed(rows), system.Centroids)).detach();
    }

    [TestMethod]
    public void Save_AugmentationOfOptions_IsThereAfterLoading()
    {
        var ml = new MLContext(seed: 1);
        var augmentation = new ImageAugmentation { Shift = 0.05, Rotation = 7, Scale = 0.2, Fill = AugmentationFill.Reflection, Interpolation = AugmentationInterpolation.Nearest };
        using var model = TestMethods.Trainer(ml, Options("AutoencoderKMeans", augmentation)).Fit(TestRows.View(ml, Trainings.MakeRows(images: true), images: true));
        using var stream = new MemoryStream();
        ml.Model.Save(model, null, stream);
        stream.Position = 0;
        using var loaded = (DeepClusteringTransformer)ml.Model.Load(stream, out _);
        Assert.AreEqual(augmentation, ((AutoencoderFamilyOptions)loaded.Trained.Options).Augmentation);
    }

    [TestMethod]
    public void Options_AmountsOutsideTheirRanges_AreNamedTogether()
    {
        var wrong = new ImageAugmentation { Shift = 1.5, Rotation = double.NaN, Scale = 1, Fill = (AugmentationFill)9, Interpolation = (AugmentationInterpolation)9 };
        var error = Assert.ThrowsExactly<ArgumentException>(() => Trainings.Line(Options("Idec", wrong), images: true));
        foreach (var part in new[] { "Shift is 1.5; it must be 0 to 1", "Rotation is NaN", "Scale is 1; it must be 0 to below 1", "Fill is 9; it must be one of Border", "Interpolation is 9" })
            StringAssert.Contains(error.Message, "Augmentation." + part);
    }

    private static DeepClusteringOptions Options(string method, ImageAugmentation? augmentation)
    {
        var options = (AutoencoderFamilyOptions)TestMethods.Options(method);
        options.Augmentation = augmentation;
        return options;
    }
}
