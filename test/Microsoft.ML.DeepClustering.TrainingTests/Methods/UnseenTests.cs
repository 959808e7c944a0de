using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Methods.Unseen;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

/// <summary>UNSEEN: clusters that die, and a model that has as many as are left. Leiber et al., ICDMW 2024.</summary>
[TestClass]
public sealed class UnseenTests
{
    private const int Rows = 60;
    private const int Size = 6;

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Methods => [["Dec"], ["Dcn"], ["DeepKMeans"]];

    [TestMethod]
    public void Unseen24_OfEachMethod_HasTheSettingsOfThePaper()
    {
        foreach (var options in new AutoencoderFamilyOptions[] { DecOptions.Presets.Unseen24(), DcnOptions.Presets.Unseen24(), DeepKMeansOptions.Presets.Unseen24() })
        {
            Assert.AreEqual((35, 10, 256, 100, 150), (options.NumberOfClusters, options.EmbeddingSize!.Value, options.BatchSize!.Value, options.PretrainingEpochs!.Value, options.NumberOfEpochs!.Value));
            Assert.AreEqual((1e-3, 1e-4, 0.01), (options.PretrainingLearningRate!.Value, options.LearningRate, options.NegativeSlope));
            var unseen = (UnseenOptions)options.GetType().GetProperty("Unseen")!.GetValue(options)!;
            Assert.AreEqual((0.5, 1, false), (unseen.DeathThreshold, unseen.NeighborWeight, unseen.FixesCentroids));
        }

        // Beside the mean over 784 features 0.05 and 1; the losses here are beside their sum.
        Assert.AreEqual(0.05 * 784, DcnOptions.Presets.Unseen24().ClusteringWeight, 1e-9);
        Assert.AreEqual((784, 1000), (DeepKMeansOptions.Presets.Unseen24().ClusteringWeight, DeepKMeansOptions.Presets.Unseen24().Alpha));
    }

    [TestMethod]
    public void Update_ClustersThatLoseHalf_DieAndLeaveTheirReferenceMembers()
    {
        using var scope = NewDisposeScope();
        var alive = ones(4, dtype: ScalarType.Int64);
        using var dying = new DyingClusters(new(), alive);
        dying.Start(Labels(0, 0, 0, 0, 1, 1, 1, 2, 2, 3));
        // Cluster 0 has lost 3 of 4; cluster 2 is still of half its size.
        Assert.IsTrue(Update(dying, Labels(0, 1, 1, 1, 1, 1, 1, 2, 3, 3), () => Labels(1, 1, 1, 3, 1, 1, 1, 2, 3, 3)));
        TestTensors.AreClose([0, 1, 1, 1], alive, 0);
        // The reference members of 0, not its present ones, go where they are nearest.
        TestTensors.AreClose([1, 1, 1, 3, 1, 1, 1, 2, 2, 3], dying.Reference, 0);
        // Reference sizes are now 6, 2 and 2.
        Assert.IsFalse(Update(dying, Labels(1, 1, 1, 2, 2, 2, 2, 2, 3, 3), () => throw new InvalidOperationException("nobody died")));
        Assert.IsTrue(Update(dying, Labels(1, 1, 2, 2, 2, 2, 2, 2, 3, 3), () => Labels(2, 2, 2, 2, 2, 2, 2, 2, 3, 3)));
        TestTensors.AreClose([0, 0, 1, 1], alive, 0);
        Assert.AreEqual(10, dying.Reference.shape[0]);
    }

    [TestMethod]
    public void Update_AllWouldDie_TheTwoLargestLive()
    {
        using var scope = NewDisposeScope();
        var alive = tensor(new long[] { 1, 1, 0, 1, 1 });
        using var dying = new DyingClusters(new() { DeathThreshold = 0.9 }, alive);
        dying.Start(Labels(0, 0, 0, 0, 1, 1, 1, 3, 3, 4, 4, 4));
        Assert.IsTrue(Update(dying, Labels(0, 0, 2, 2, 1, 1, 2, 3, 2, 2, 2, 2), () => Labels(0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1)));
        TestTensors.AreClose([1, 1, 0, 0, 0], alive, 0);
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_MoreClustersThanBlobs_GivesAModelOfThoseThatAreLeft(string method)
    {
        using var folder = new TemporaryFolder();
        var view = View();
        var log = new List<string>();
        _ml.Log += (_, e) => log.Add(e.Message);
        using var model = TestMethods.Trainer(_ml, Options(method)).Fit(view);
        var epochs = model.History.BestRun.Epochs.Where(e => e.Phase == "clustering").Select(e => (int)e.Quantities!["clusters"]).ToArray();
        var left = epochs[^1];
        Assert.IsTrue(left is >= 2 and < 8, $"{left} of 8 clusters are left");
        Assert.IsTrue(epochs.Zip(epochs.Skip(1)).All(p => p.Second <= p.First), "Their number never grows.");
        Assert.IsTrue(log.Exists(l => l.Contains("have died", StringComparison.Ordinal)));

        var scored = model.Transform(view);
        Assert.AreEqual(left, (int)((KeyDataViewType)scored.Schema["PredictedLabel"].Type).Count);
        Assert.AreEqual(left, ((VectorDataViewType)scored.Schema["Score"].Type).Size);
        Assert.AreEqual(left, ((VectorDataViewType)scored.Schema["Probability"].Type).Size);
        Assert.AreEqual(left, scored.GetColumn<uint>("PredictedLabel").Distinct().Count(), "No cluster is empty.");
        foreach (var probability in scored.GetColumn<float[]>("Probability"))
            Assert.AreEqual(1, probability.Sum(), 1e-4);
        VBuffer<float>[] centroids = [];
        model.GetClusterCentroids(ref centroids, out var k);
        Assert.AreEqual(left, k);
        Assert.HasCount(left, model.DecodeCentroids());
        Assert.HasCount(left, _ml.Clustering.EvaluateDeepClustering(scored).ClusterSizes);

        _ml.Model.Save(model, view.Schema, folder.File("model.zip"));
        using var loaded = (DeepClusteringTransformer)_ml.Model.Load(folder.File("model.zip"), out _);
        CollectionAssert.AreEqual(scored.GetColumn<uint>("PredictedLabel").ToArray(), loaded.Transform(view).GetColumn<uint>("PredictedLabel").ToArray());
        Assert.AreEqual(left, loaded.Trained.Options.NumberOfClusters);
    }

    [TestMethod]
    [DataRow("Dec", false)]
    [DataRow("Dcn", false)]
    [DataRow("DeepKMeans", false)]
    [DataRow("Dec", true)]
    [DataRow("DeepKMeans", true)]
    public void Fit_BrokenOffAfterDeaths_EndsBitForBit(string method, bool fixesCentroids)
    {
        using var folder = new TemporaryFolder();
        var (whole, reports) = (Line(Options(method, fixesCentroids)), 0);
        if (fixesCentroids)
            Assert.AreNotEqual(Line(Options(method)), whole, "Centroids that stay give another model.");
        var interrupted = Options(method, fixesCentroids);
        interrupted.CheckpointPath = folder.File("training.checkpoint");
        interrupted.Progress = new Reporter(_ =>
        {
            if (++reports == 20)
                throw new IOException("broken off");
        });
        Assert.ThrowsExactly<IOException>(() => Line(interrupted));
        var resumed = Options(method, fixesCentroids);
        resumed.CheckpointPath = interrupted.CheckpointPath;
        Assert.AreEqual(whole, Line(resumed));
        // The ended training's checkpoint gives the same model again.
        Assert.AreEqual(whole, Line(resumed));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Loss_AfterADeath_MovesTheCentroidsUnlessTheyAreFixed(bool areFixed)
    {
        using var scope = NewDisposeScope();
        var options = (DecOptions)Options("Dec");
        options.Unseen = new() { FixesCentroids = areFixed };
        using var method = (DecFamilyMethod)options.CreateMethod(new InputShape([Size]));
        using var generator = new Generator(1);
        method.Initialize(generator);
        using (no_grad())
            method.Centroids.copy_(TestTensors.Noise(8, 2));
        var rows = TestTensors.Noise(Rows, Size).to(ScalarType.Float32);
        // Before any death they move in either case.
        Assert.IsNotNull(Gradient());
        using var dying = method.CreateDyingClusters()!;
        dying.Start(Arithmetic.Numbers(8, CPU).DetachFromDisposeScope());
        Assert.IsTrue(Update(dying, Labels(0, 0, 2, 3, 4, 5, 6, 7), () => Labels(0, 0, 2, 3, 4, 5, 6, 7)));
        Assert.AreEqual(areFixed, Gradient() is null);

        Tensor? Gradient()
        {
            method.zero_grad();
            method.Loss(rows, null).Total().backward();
            return method.Centroids.grad;
        }
    }

    [TestMethod]
    public void ReconstructionLoss_OfFixedCentroids_LeavesThemWithoutGradient()
    {
        using var scope = NewDisposeScope();
        using var stage = new AutoencoderStage(new DeepKMeansOptions { Unseen = new() { FixesCentroids = true } });
        Assert.IsNotNull(Gradient());
        using var dying = stage.Method.CreateDyingClusters()!;
        dying.Start(Labels(0, 0, 1, 1, 2, 2));
        Assert.IsTrue(Update(dying, Labels(0, 0, 1, 1, 1, 1), () => Labels(0, 0, 1, 1, 1, 1)));
        Assert.IsNull(Gradient(), "Not zero: with it the moments would move them on.");

        Tensor? Gradient()
        {
            stage.Method.zero_grad();
            stage.Method.ReconstructionLoss(AutoencoderStage.Batch, stage.Method.Autoencoder.forward(AutoencoderStage.Batch)).backward();
            return stage.Method.Centroids.grad;
        }
    }

    [TestMethod]
    public void OnBatchStart_UpdateIsDueWhereADeathMadeOne_ComparesNothing()
    {
        using var scope = NewDisposeScope();
        using var stage = new AutoencoderStage(new DecOptions { Unseen = new(), UpdateInterval = 1, LabelChangeTolerance = 0.5 });
        using var phases = stage.Method.Phases(stage.Context).GetEnumerator();
        while (phases.MoveNext() && phases.Current.Name != "clustering")
        {
        }

        phases.Current.OnStart(stage.Context);
        phases.Current.OnBatchStart(stage.Context);
        using (no_grad())
            stage.Method.Centroids[0].SetTo(100);
        phases.Current.OnEpochEnd(stage.Context, 1);
        phases.Current.OnBatchStart(stage.Context);
        Assert.IsFalse(phases.Current.HasConverged, "No step lies between the update of the death and this one.");
        phases.Current.OnBatchStart(stage.Context);
        Assert.IsTrue(phases.Current.HasConverged, "A step later the rows are compared.");
    }

    [TestMethod]
    public void Fit_SeveralRuns_KeepsOneAndLeavesNoTensors()
    {
        Fit();
        var before = NativeTensors.Live;
        Fit();
        Assert.AreEqual(before, NativeTensors.Live);

        void Fit()
        {
            var options = Options("Dec");
            options.NumberOfRuns = 3;
            options.RunCriterion = RunCriterion.Agreement;
            using var model = TestMethods.Trainer(_ml, options).Fit(View());
            Assert.HasCount(3, model.History.Runs);
        }
    }

    [TestMethod]
    public void Scan_WithUnseen_IsRefused()
    {
        var options = Options("Dcn");
        var error = Assert.ThrowsExactly<ArgumentException>(() => _ml.Clustering.ScanNumberOfClusters(View(), options, 2, 3, 1));
        StringAssert.Contains(error.Message, "Unseen is set; it must be null");
    }

    [TestMethod]
    public void Validate_WrongValues_NameTheOption()
    {
        Expect(new DecOptions { Unseen = new() { DeathThreshold = 1 } }, "Unseen.DeathThreshold is 1; it must be 0 to below 1");
        Expect(new DcnOptions { Unseen = new() { NeighborWeight = -1 } }, "Unseen.NeighborWeight is -1");
        Expect(new DeepKMeansOptions { Unseen = new() { DeathThreshold = double.NaN } }, "Unseen.DeathThreshold is NaN");

        static void Expect(DeepClusteringOptions options, string part)
        {
            var faults = new OptionFaults();
            options.Validate(faults);
            StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => faults.ThrowIfAny("a method")).Message, part);
        }
    }

    private string Line(AutoencoderFamilyOptions options)
    {
        using var model = TestMethods.Trainer(_ml, options).Fit(View());
        var weights = Persistence.SafeTensors.Write(model.Trained.Method.state_dict());
        return $"{model.Trained.Options.NumberOfClusters} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(weights))}";
    }

    private static AutoencoderFamilyOptions Options(string method, bool fixesCentroids = false)
    {
        var options = (AutoencoderFamilyOptions)TestMethods.Options(method, epochs: 8);
        (options.NumberOfClusters, options.EmbeddingSize, options.LearningRate) = (8, 2, 3e-3);
        var unseen = new UnseenOptions { DeathThreshold = 0.8, NeighborWeight = 5, FixesCentroids = fixesCentroids };
        switch (options)
        {
            case DecOptions dec: (dec.Unseen, dec.LabelChangeTolerance) = (unseen, 0); break;
            case DcnOptions dcn: (dcn.Unseen, dcn.ClusteringWeight) = (unseen, 5); break;
            case DeepKMeansOptions soft: (soft.Unseen, soft.ClusteringWeight) = (unseen, 5); break;
        }

        return options;
    }

    private IDataView View() => TestVectors.View(_ml, TestVectors.Make(Rows, Size), Size);

    private static bool Update(DyingClusters dying, Tensor labels, Func<Tensor> relabel) => dying.Update(() => labels, relabel, _ => { });

    private static Tensor Labels(params long[] labels) => tensor(labels).DetachFromDisposeScope();
}
