using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods.DynamicAutoencoder;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

/// <summary>DynAE: targets, loss and course.</summary>
[TestClass]
public sealed class DynamicAutoencoderTests
{
    private const int Rows = 40;
    private const int Size = 6;

    private static Tensor Data => TestTensors.Noise(Rows, Size).to(ScalarType.Float32).Times(2.0);

    [TestMethod]
    public void Judge_AssignmentsAtTheBounds_AreClearOnlyWhenBothHold()
    {
        using var scope = NewDisposeScope();
        var assignments = tensor(new[,] { { 0.3, 0.6, 0.1 }, { 0.5, 0.125, 0.375 }, { 0.45, 0.45, 0.1 }, { 0.2, 0.2, 0.6 } });
        // β1 = 0.5, β2 = 0.25
        var (isClear, clusters) = DynamicAutoencoderPhase.Judge(assignments, new ConflictSchedule(3, 1.5));
        CollectionAssert.AreEqual(new[] { true, false, false, true }, isClear.data<bool>().ToArray());
        Assert.AreEqual(1, clusters[0].item<long>());
        Assert.AreEqual(2, clusters[3].item<long>());
        // At the bounds exactly a row is clear.
        var (atBounds, _) = DynamicAutoencoderPhase.Judge(tensor(new[,] { { 0.5, 0.25, 0.25 } }), new ConflictSchedule(3, 1.5));
        Assert.IsTrue(atBounds[0].item<bool>());
    }

    [TestMethod]
    public void Fit_ThatDiverges_KeepsAModelThatScoresItsRowsOrNone()
    {
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(_ => new TestRow { Features = [1, 2, 3] }), TestRows.Schema(3));
        var options = new DynamicAutoencoderOptions { NumberOfClusters = 3, Seed = 3, PretrainingEpochs = 20, NumberOfEpochs = 5 };
        try
        {
            using var model = ml.Clustering.Trainers.DynamicAutoencoder(options).Fit(rows);
            Assert.HasCount(20, TestRows.Scored(ml, model.Transform(rows)).ToArray());
            Assert.IsNotNull(model.History.BestRun.Failure);
        }
        catch (InvalidOperationException error)
        {
            Assert.StartsWith("Training gave no model: ", error.Message);
        }
    }

    [TestMethod]
    public void Loss_ClearAndConflictedRows_AreThoseOfTheirTargets()
    {
        using var scope = NewDisposeScope();
        using var stage = new Stage(Options());
        stage.Phase.OnStart(stage.Context);
        var seen = Data.Plus(TestTensors.Wave(Rows, Size).to(ScalarType.Float32).Times(0.3));
        var terms = stage.Phase.Loss(new(Data, seen, Arithmetic.Numbers(Rows, CPU)));
        var (clustering, reconstruction, clear) = NaiveLoss(stage.Method, Data, seen);
        Assert.IsGreaterThan(2, clear);
        Assert.IsLessThan(Rows - 2, clear);
        Assert.AreEqual(clustering, TestTensors.Value(terms.Items[0].Value), 1e-5 * clustering);
        Assert.AreEqual(100 * reconstruction, TestTensors.Value(terms.Items[1].Value), 1e-3 * reconstruction);
    }

    [TestMethod]
    public void Loss_OfWhatIsSeen_HasTheGradientOfFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        using var stage = new Stage(Options());
        stage.Phase.OnStart(stage.Context);
        stage.Method.to(ScalarType.Float64);
        var rows = Data.to(ScalarType.Float64);
        var numbers = Arithmetic.Numbers(Rows, CPU);
        // A small step: the rectifiers of the network have kinks.
        FiniteDifference.Check(seen => stage.Phase.Loss(new(rows, seen, numbers)).Total(), rows.Plus(TestTensors.Wave(Rows, Size).Times(0.3)), step: 1e-7);
    }

    [TestMethod]
    public void OnStart_Centroids_AreEmbeddingsOfRows()
    {
        using var scope = NewDisposeScope();
        using var stage = new Stage(Options());
        stage.Phase.OnStart(stage.Context);
        var distances = CentroidDistance.Squared(stage.Method.Embed(Data), stage.Method.Centroids);
        Assert.AreEqual(0, TestTensors.Value(distances.amin(new[] { 0L }).max()), 1e-10);
    }

    [TestMethod]
    public void OnBatchStart_NoFewerConflicts_LowersTheBoundsUntilTheyFallNoFarther()
    {
        using var scope = NewDisposeScope();
        var options = Options();
        // Nothing is clear: q_max is below 1.
        (options.ConflictInterval, options.Kappa) = (1, 100);
        using var stage = new Stage(options);
        stage.Phase.OnStart(stage.Context);
        var steps = 0;
        for (; !stage.Phase.HasConverged && steps < 100; steps++)
            stage.Phase.OnBatchStart(stage.Context);
        var record = stage.Phase.Complete(new("clustering", 1, new Dictionary<string, double>(), 0, null, 0));
        Assert.AreEqual(Rows, record.Quantities!["conflicted"]);
        // As often as the schedule lets them, besides the start.
        var schedule = new ConflictSchedule(3, 100);
        var falls = 0;
        for (; schedule.CanFall; falls++)
            schedule.Lower();
        Assert.AreEqual(falls + 1, record.Quantities["placements"]);
        Assert.AreEqual(schedule.Confidence, record.Quantities["confidence"], 1e-12);
        Assert.HasCount(1, stage.Log.FindAll(l => l.Contains("fall no farther", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void OnBatchStart_FewConflicts_EndsAndSaysSo()
    {
        using var scope = NewDisposeScope();
        var options = Options();
        // Everything is clear: q_max is at least 1/3.
        options.Kappa = 1e-6;
        using var stage = new Stage(options);
        stage.Phase.OnStart(stage.Context);
        stage.Phase.OnBatchStart(stage.Context);
        Assert.IsTrue(stage.Phase.HasConverged);
        Assert.HasCount(1, stage.Log.FindAll(l => l.Contains("fewer than ConflictTolerance", StringComparison.Ordinal)));
        stage.Phase.OnEpochEnd(stage.Context, stage.Phase.Epochs);
        Assert.HasCount(1, stage.Log);
    }

    [TestMethod]
    [DataRow(1e-6, "fewer than ConflictTolerance", DisplayName = "all rows are clear")]
    [DataRow(100, "fall no farther", DisplayName = "no row is clear")]
    public void OnBatchStart_StepsAfterTheEnd_ChangeAndSayNothingMore(double kappa, string reason)
    {
        using var scope = NewDisposeScope();
        var options = Options();
        (options.ConflictInterval, options.Kappa) = (1, kappa);
        using var stage = new Stage(options);
        stage.Phase.OnStart(stage.Context);
        while (!stage.Phase.HasConverged)
            stage.Phase.OnBatchStart(stage.Context);
        var ended = stage.Phase.State().ToDictionary(t => t.Key, t => TestTensors.Values(t.Value));
        var centroids = TestTensors.Values(stage.Method.Centroids);
        // The embeddings are others, so that a placement would be seen.
        using (no_grad())
        {
            foreach (var weights in stage.Method.Autoencoder.parameters())
                weights.neg_();
        }

        for (var step = 0; step < 3; step++)
            stage.Phase.OnBatchStart(stage.Context);

        CollectionAssert.AreEqual(centroids, TestTensors.Values(stage.Method.Centroids));
        CollectionAssert.AreEqual(ended["_images"], TestTensors.Values(stage.Phase.State()["_images"]));
        CollectionAssert.AreEqual(ended["_schedule"], TestTensors.Values(stage.Phase.State()["_schedule"]));
        Assert.HasCount(1, stage.Log.FindAll(l => l.Contains(reason, StringComparison.Ordinal)));
        Assert.AreEqual(ended["_iteration"][0] + 3, TestTensors.Values(stage.Phase.State()["_iteration"])[0]);
    }

    [TestMethod]
    public void OnEpochEnd_LastEpochWithConflicts_SaysSo()
    {
        using var scope = NewDisposeScope();
        var options = Options();
        options.NumberOfEpochs = 7;
        using var stage = new Stage(options);
        stage.Phase.OnStart(stage.Context);
        stage.Phase.OnBatchStart(stage.Context);
        stage.Phase.OnEpochEnd(stage.Context, stage.Phase.Epochs - 1);
        Assert.IsEmpty(stage.Log);
        stage.Phase.OnEpochEnd(stage.Context, stage.Phase.Epochs);
        StringAssert.Contains(stage.Log.Single(), "conflicted after NumberOfEpochs, which is 7");
    }

    [TestMethod]
    public void Fit_Blobs_ClearsUpAndShowsItInTheHistory()
    {
        var ml = new MLContext(seed: 1);
        var options = (DynamicAutoencoderOptions)TestMethods.Options("DynamicAutoencoder");
        (options.PretrainingEpochs, options.NumberOfEpochs, options.ConflictInterval) = (30, 60, 10);
        options.PretrainingLearningRate = 1e-3;
        using var model = TestMethods.Trainer(ml, options).Fit(TestRows.View(ml, Trainings.MakeRows(images: false), images: false));
        var clustering = model.History.BestRun.Epochs.Where(e => e.Phase == "clustering").ToArray();
        foreach (var epoch in clustering)
            CollectionAssert.AreEquivalent(new[] { "steps", "conflicted", "tolerated", "confidence", "margin", "placements" }, epoch.Quantities!.Keys.ToArray());
        Assert.IsLessThan(0.5 * Trainings.Rows, clustering[^1].Quantities!["conflicted"]);
        Assert.AreEqual(1.0, ml.Clustering.EvaluateDeepClustering(model.Transform(TestRows.View(ml, Trainings.MakeRows(images: false), images: false)), "Label").Accuracy);
    }

    [TestMethod]
    public void Published_RowsOfMnistTest_HasTheStepsOfThePaper()
    {
        var options = DynamicAutoencoderOptions.Presets.Published(10_000);
        Assert.AreEqual((256, 3250, 2500, (double?)1e-4, 1e-3, 0.9), (options.BatchSize, options.PretrainingEpochs, options.NumberOfEpochs, options.PretrainingLearningRate, options.LearningRate, options.Momentum));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => DynamicAutoencoderOptions.Presets.Published(0));
    }

    private static DynamicAutoencoderOptions Options() => new()
    {
        NumberOfClusters = 3, EmbeddingSize = 4, PretrainingEpochs = 0, Initialization = WeightInitialization.HeNormal, KMeansRestarts = 2, Kappa = 1.4,
    };

    // Row by row: mean squares over elements, and how many rows are clear.
    private static (double Clustering, double Reconstruction, int Clear) NaiveLoss(DynamicAutoencoderMethod method, Tensor rows, Tensor seen)
    {
        using var gradientsOff = no_grad();
        var (confidence, margin) = (1.4 / 3, 1.4 / 6);
        double[][] centroids = Split(method.Centroids), images = Split(method.Autoencoder.Decode(method.Centroids));
        double[][] clean = Split(method.Embed(rows)), changed = Split(method.Embed(seen)), decoded = Split(method.Autoencoder.Decode(method.Embed(seen))), own = Split(rows);
        var (clustering, reconstruction, clear) = (0.0, 0.0, 0);
        for (var i = 0; i < Rows; i++)
        {
            var q = centroids.Select(r => 1 / (1 + Squared(clean[i], r))).ToArray();
            q = q.Select(v => v / q.Sum()).ToArray();
            var order = Enumerable.Range(0, q.Length).OrderByDescending(j => q[j]).ToArray();
            var isClear = q[order[0]] >= confidence && q[order[0]] - q[order[1]] >= margin;
            clear += isClear ? 1 : 0;
            clustering += Squared(changed[i], isClear ? centroids[order[0]] : clean[i]);
            reconstruction += Squared(decoded[i], isClear ? images[order[0]] : own[i]);
        }

        return (clustering / (Rows * 4), reconstruction / (Rows * Size), clear);
    }

    private static double Squared(double[] a, double[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum();

    private static double[][] Split(Tensor rows) => TestTensors.Values(rows).Chunk((int)rows.shape[1]).ToArray();

    /// <summary>The method on vectors, with its phase of clustering.</summary>
    private sealed class Stage : IDisposable
    {
        private readonly Generator _generator = new(3);
        private readonly MemoryRows _data = new(Data.DetachFromDisposeScope());
        private readonly IEnumerator<TrainingPhase> _phases;

        public Stage(DynamicAutoencoderOptions options)
        {
            Method = (DynamicAutoencoderMethod)options.CreateMethod(new InputShape([Size]));
            Method.Initialize(_generator);
            Context = new(_data, _generator, Log.Add, _ => { }, CancellationToken.None);
            _phases = Method.Phases(Context).GetEnumerator();
            Assert.IsTrue(_phases.MoveNext());
        }

        public DynamicAutoencoderMethod Method { get; }

        public TrainingContext Context { get; }

        public List<string> Log { get; } = [];

        public TrainingPhase Phase => _phases.Current;

        public void Dispose()
        {
            _phases.Dispose();
            Method.Dispose();
            _data.Dispose();
            _generator.Dispose();
        }
    }
}
