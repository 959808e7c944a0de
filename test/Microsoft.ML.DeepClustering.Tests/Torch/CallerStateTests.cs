using Microsoft.ML.DeepClustering.Metrics;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Torch;

/// <summary>Whatever the calling program has set, the results are those without it, bit for bit, and what it has set stays set.</summary>
[TestClass]
[DoNotParallelize]
public sealed class CallerStateTests
{
    private static readonly MLContext Ml = new(seed: 1);

    public static IEnumerable<object[]> Settings => CallerState.Settings.Keys.Select(name => new object[] { name });

    // One of each kind.
    public static IEnumerable<object[]> Kinds
        => new[] { "two dispose scopes", "inference_mode", "default dtype float64", "default device meta", "all at once" }.Select(name => new object[] { name });

    public static IEnumerable<object[]> Methods => TestMethods.All;

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Run_EverythingIsSet_GivesTheSame(string method, bool images)
        => GivesTheSame("all at once", () => GuestProgram.Run(method, images));

    [TestMethod]
    [DynamicData(nameof(Settings))]
    public void Run_OneThingIsSet_GivesTheSame(string setting) => GivesTheSame(setting, () => GuestProgram.Run("DecUco", images: true));

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Fit_AugmentedAndAdversarial_GivesTheSame(string setting) => GivesTheSame(setting, () =>
    {
        var options = (DynamicAutoencoderOptions)TestMethods.Options("DynamicAutoencoder");
        options.Pretraining = PretrainingObjective.AdversarialInterpolation;
        options.Augmentation = new ImageAugmentation { Scale = 0.1 };
        return Weights(options, images: true);
    });

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Fit_FeaturesOnDisk_GivesTheSame(string setting) => GivesTheSame(setting, () =>
    {
        var options = TestMethods.Options("Dcn");
        options.FeatureStorage = FeatureStorage.Disk;
        return Weights(options, images: false);
    });

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void ScanNumberOfClusters_OneThingIsSet_GivesTheSame(string setting) => GivesTheSame(setting, () =>
    {
        var scan = Ml.Clustering.ScanNumberOfClusters(
            TestRows.View(Ml, TestRows.Make(24, 6), images: false), TestMethods.Options("AutoencoderKMeans"), from: 2, to: 3, numberOfSeeds: 2);
        return string.Join('\n', scan.Results.Select(r => $"{r} {r.LowestLoss:R} {r.Silhouette:R} {r.Stability:R}"));
    });

    [TestMethod]
    [DynamicData(nameof(Settings))]
    public void Evaluate_EmbeddingsOnDisk_GivesTheSame(string setting)
    {
        using var model = TestMethods.Trainer(Ml, "Ddc").Fit(View());
        var scored = model.Transform(View());
        GivesTheSame(setting, () =>
        {
            var options = new DeepClusteringEvaluationOptions { LabelColumnName = "Label", EmbeddingColumnName = "Embedding" };
            var metrics = new DeepClusteringEvaluator(options) { MaximumValuesInMemory = 0 }.Evaluate(scored);
            return $"{metrics.Silhouette:R} {metrics.DaviesBouldinIndex:R} {metrics.CalinskiHarabaszIndex:R}";
        });
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Fit_FromACheckpoint_GivesTheSame(string setting)
    {
        foreach (var method in new[] { "Dec", "Dcn" })
        {
            using var folder = new TemporaryFolder();
            var options = TestMethods.Options(method, epochs: 3);
            // To the last epoch, whatever changes.
            if (options is DecFamilyOptions dec)
                dec.LabelChangeTolerance = 0;
            var whole = Weights(options, images: false);
            options.CheckpointPath = folder.File("training.zip");
            StopAt(options, epoch: 2);
            Assert.ThrowsExactly<OperationCanceledException>(() => Weights(options, images: false));
            (options.Progress, options.CancellationToken) = (null, CancellationToken.None);
            var before = CallerState.Read();
            using (CallerState.Settings[setting]())
                Assert.AreEqual(whole, Weights(options, images: false), method);
            AreTheSame(before, CallerState.Read(), setting);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Settings))]
    public void Fit_ThatEndsWithoutAModel_LeavesWhatIsSet(string setting)
    {
        foreach (var method in new[] { "Idec", "DdcUco", "Dcn" })
        {
            using (CallerState.Settings[setting]())
            {
                var before = CallerState.Read();
                Fails(method, o => o.Progress = new Reporter(p => ThrowAt(p.Epoch == 2)));
                Fails(method, o => StopAt(o, epoch: 1));
                Fails(method, o => o.CancellationToken = new CancellationToken(canceled: true));
                Fails(method, o => o.CheckpointPath = "/no/such/folder/training.zip");
                Fails(method, o => o.NumberOfClusters = 1000);
                Assert.AreEqual(before, CallerState.Read(), method);
            }
        }
    }

    private static void Fails(string method, Action<DeepClusteringOptions> change)
    {
        var options = TestMethods.Options(method);
        options.NumberOfThreads = 1;
        change(options);
        Assert.Throws<Exception>(() => TestMethods.Trainer(Ml, options).Fit(View()));
    }

    private static void ThrowAt(bool now)
    {
        if (now)
            throw new NotSupportedException("as the test wants");
    }

    private static void StopAt(DeepClusteringOptions options, int epoch)
    {
        var source = new CancellationTokenSource();
        options.CancellationToken = source.Token;
        options.Progress = new Reporter(p =>
        {
            if (p.Phase == "clustering" && p.Epoch == epoch)
                source.Cancel();
        });
    }

    private static void GivesTheSame(string setting, Func<string> work)
    {
        var expected = work();
        var outside = CallerState.Read();
        using (CallerState.Settings[setting]())
        {
            var before = CallerState.Read();
            Assert.AreEqual(expected, work());
            Assert.AreEqual(before, CallerState.Read());
        }

        AreTheSame(outside, CallerState.Read(), setting);
    }

    // But for what the setting leaves behind itself.
    private static void AreTheSame(CallerState before, CallerState after, string setting)
        => Assert.AreEqual(before with { Generator = "" }, after with { Generator = "" }, setting);

    private static string Weights(DeepClusteringOptions options, bool images)
    {
        var view = TestRows.View(Ml, images ? TestRows.Make(24) : TestRows.Make(24, 6), images);
        using var model = TestMethods.Trainer(Ml, options).Fit(view);
        return GuestProgram.Name(TestRows.Scored(Ml, model.Transform(view)).SelectMany(r => r.Score.Concat(r.Embedding)));
    }

    private static IDataView View() => TestRows.View(Ml, TestRows.Make(24, 6), images: false);
}
