using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Methods.Depict;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

/// <summary>DEPICT beyond what holds of every method.</summary>
[TestClass]
public sealed class DepictTests
{
    private const int Rows = 60;
    private const int Size = 6;

    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _lines = [];

    public DepictTests() => _ml.Log += (_, e) => _lines.Add(e.RawMessage);

    [TestMethod]
    [DataRow(DepictTarget.Squared, false)]
    [DataRow(DepictTarget.Balanced, false)]
    [DataRow(DepictTarget.Squared, true)]
    public void Fit_ThreeKinds_FindsThem(DepictTarget target, bool images)
    {
        var view = TestRows.View(_ml, TestRows.Make(Rows, images ? TestRows.Side * TestRows.Side : Size), images);
        var options = Options(epochs: 15);
        (options.Target, options.LearningRate) = (target, 1e-3);
        using var model = TestMethods.Trainer(_ml, options).Fit(view);
        var scored = model.Transform(view);
        Assert.AreEqual(1, _ml.Clustering.EvaluateDeepClustering(scored, "Label").Accuracy);
        TestVectors.AreSound(TestRows.Scored(_ml, scored), 3, 3);
        CollectionAssert.AreEqual(new[] { "pretraining", "initialization", "clustering" }, model.History.BestRun.Epochs.Select(e => e.Phase).Distinct().ToArray());
        Assert.IsTrue(model.History.BestRun.Epochs.Where(e => e.Phase == "initialization").All(e => e.Quantities!["agreement"] is >= 0 and <= 1));
    }

    [TestMethod]
    public void Transform_ScoresAndProbabilities_AreTheSoftmaxsOwn()
    {
        var view = View();
        using var model = TestMethods.Trainer(_ml, Options()).Fit(view);
        var weights = model.Trained.Method.state_dict();
        var (theta, b) = (TestTensors.Values(weights["directions"]).Chunk(3).ToArray(), TestTensors.Values(weights["bias"]));
        foreach (var row in TestRows.Scored(_ml, model.Transform(view)).Take(5))
        {
            var exponentials = theta.Select((t, c) => Math.Exp(b[c] + t.Zip(row.Embedding, (x, z) => x * z).Sum())).ToArray();
            var p = exponentials.Select(e => e / exponentials.Sum()).ToArray();
            for (var c = 0; c < 3; c++)
            {
                Assert.AreEqual(p[c], row.Probability[c], 1e-5);
                Assert.AreEqual(p.Select((v, j) => Math.Pow(v - (j == c ? 1 : 0), 2)).Sum(), row.Score[c], 1e-5);
            }

            Assert.IsTrue(row.Embedding.All(z => Math.Abs(z) <= 1));
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Loss_InTraining_IsOfTheNoisyPathAgainstTheCleanOne(bool images)
    {
        using var stage = new Stage(o => o.Dropout = 0.5, images);
        using var scope = NewDisposeScope();
        var phase = stage.Clustering();
        phase.OnStart(stage.Context);
        var evaluated = Values(phase, stage.Batch);
        CollectionAssert.AreEqual(evaluated, Values(phase, stage.Batch), "Evaluation draws no noise.");
        phase.See(stage.Rows.All, stage.Context);
        var noisy = Values(phase, stage.Batch);
        CollectionAssert.AreEqual(noisy, Values(phase, stage.Batch), "The noise is drawn once a step.");
        foreach (var (clean, disturbed) in evaluated.Zip(noisy))
            Assert.AreNotEqual(clean, disturbed);
        phase.OnBatchEnd(stage.Batch, phase.Loss(stage.Batch));
        CollectionAssert.AreEqual(evaluated, Values(phase, stage.Batch));

        // Written out, without noise.
        var autoencoder = stage.Method.Autoencoder;
        var (z, hidden) = autoencoder.Encode(stage.Rows.All);
        var (output, mirrored) = autoencoder.Decode(z);
        var target = TargetDistribution.Compute(stage.Method.Probabilities(z));
        double[] expected =
        [
            Mean(output, stage.Rows.All), .. hidden.Zip(mirrored, (h, m) => 0.1 * Mean(h, m)),
            TestTensors.Value((target * stage.Method.Probabilities(z).log()).sum(dim: 1L).mean().neg()),
        ];
        for (var i = 0; i < expected.Length; i++)
            Assert.AreEqual(expected[i], evaluated[i], 1e-5, $"term {i}");
        phase.Dispose();

        static double Mean(Tensor a, Tensor b) => TestTensors.Value((a.flatten(1) - b.flatten(1)).Squared().mean());
    }

    [TestMethod]
    public void Loss_Gradient_FlowsIntoTheCleanActivationsToo()
    {
        using var stage = new Stage(o => o.LayerReconstructionWeight = 1);
        using var scope = NewDisposeScope();
        var phase = new DepictPretrainingPhase(stage.Method, stage.Options, stage.Optimizer, Rows);
        phase.See(stage.Rows.All, stage.Context);
        var first = stage.Method.Autoencoder.EncoderParameters.First();
        // With a decoder that is cut off from the encoder only the targets depend on it.
        using (no_grad())
            stage.Method.Autoencoder.get_parameter("embedding.weight")!.zero_();
        var layers = phase.Loss(stage.Batch).Items.Where(t => t.Name == "reconstruction/1").Select(t => t.Value).Single();
        Assert.IsGreaterThan(0, autograd.grad(new[] { layers }, new[] { first })[0].abs().max().item<float>());
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Fit_ClearClustersOnALine_FindsThemOrWarns(int seed)
    {
        var random = new Random(4);
        var rows = Enumerable.Range(0, 90).Select(i => new TestRow
        {
            Features = [.. Enumerable.Range(0, 6).Select(_ => (float)(i % 3 * 0.4 + 0.1 + 0.05 * (random.NextDouble() - 0.5)))], Label = i % 3, Name = $"{i}",
        }).ToArray();
        var ml = new MLContext(seed: 1);
        var warnings = new List<string>();
        ml.Log += (_, e) =>
        {
            if (e.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning)
                warnings.Add(e.Message);
        };
        var view = TestRows.View(ml, rows, images: false);
        using var model = TestMethods.Trainer(ml, new DepictOptions { NumberOfClusters = 3, HiddenLayers = [64, 64], Seed = seed }).Fit(view);
        var accuracy = ml.Clustering.EvaluateDeepClustering(model.Transform(view), "Label").Accuracy;
        Assert.IsTrue(accuracy > 0.9 || warnings.Count > 0, $"accuracy {accuracy} without a warning");
    }

    [TestMethod]
    [DataRow(DepictFirstClusters.KMeans)]
    [DataRow(DepictFirstClusters.PathIntegral)]
    public void PlaceClusters_Embeddings_TheMostProbableClusterIsThatOfTheNearestMean(DepictFirstClusters clusters)
    {
        using var stage = new Stage(o => o.FirstClusters = clusters);
        using var scope = NewDisposeScope();
        var labels = stage.Method.PlaceClusters(stage.Context);
        var weights = stage.Method.state_dict();
        var embeddings = stage.Method.Autoencoder.Encode(stage.Rows.All).Embedding;
        if (clusters == DepictFirstClusters.PathIntegral)
            CollectionAssert.AreEqual(PathIntegralClustering.Run(embeddings, 3), labels.data<long>().ToArray());
        for (var c = 0; c < 3; c++)
        {
            var mean = embeddings.index_select(0, labels.Is(c).nonzero().flatten()).mean(new[] { 0L });
            TestTensors.AreClose(TestTensors.Values(mean / mean.norm()), weights["directions"][c] / weights["directions"][c].norm(), 1e-4);
        }

        if (clusters == DepictFirstClusters.KMeans)
            CollectionAssert.AreEqual(TestTensors.Values(labels), TestTensors.Values(stage.Method.Logits(embeddings).argmax(1L)));
        var centroids = stack(Enumerable.Range(0, 3).Select(c => embeddings.index_select(0, labels.Is(c).nonzero().flatten()).mean(new[] { 0L })).ToArray());
        var squares = (embeddings.unsqueeze(1) - centroids).Squared().sum(dim: 2L);
        var variance = Math.Max(0.01, TestTensors.Value(embeddings.var(0L, unbiased: false).mean()));
        TestTensors.AreClose(TestTensors.Values(nn.functional.softmax(squares.Over(-2 * variance), 1)), stage.Method.Probabilities(embeddings), 1e-4);
    }

    [TestMethod]
    public void Fit_GraphOfMorePartsThanClusters_TakesKMeansAndSaysSo()
    {
        var options = Options();
        (options.NumberOfClusters, options.PretrainingEpochs) = (2, 0);
        // Rows of three kinds, each of far more equal ones than a row has neighbours.
        var view = TestRows.View(_ml, [.. Enumerable.Range(0, 3).SelectMany(kind => Enumerable.Repeat(TestRows.Make(3, Size)[kind], 60))], images: false);
        using var model = TestMethods.Trainer(_ml, options).Fit(view);
        Assert.Contains(l => l.Contains("does not part into 2 clusters; k-means", StringComparison.Ordinal), _lines);
        Assert.IsTrue(TestRows.Scored(_ml, model.Transform(view)).All(r => r.PredictedLabel is 1 or 2));
    }

    [TestMethod]
    public void Loss_PermutedClusters_IsTheSame()
    {
        using var stage = new Stage();
        using var scope = NewDisposeScope();
        stage.Method.PlaceClusters(stage.Context);
        var phase = stage.Clustering();
        phase.OnStart(stage.Context);
        var expected = Values(phase, stage.Batch)[^1];
        var places = tensor(new long[] { 2, 0, 1 });
        using (no_grad())
        {
            foreach (var name in new[] { "directions", "bias" })
                stage.Method.get_parameter(name)!.copy_(stage.Method.get_parameter(name)!.index_select(0, places));
        }

        using var permuted = stage.Clustering();
        permuted.OnStart(stage.Context);
        Assert.AreEqual(expected, Values(permuted, stage.Batch)[^1], 1e-6);
        phase.Dispose();
    }

    [TestMethod]
    [DataRow(20, 34, DisplayName = "3 steps an epoch: 100 steps")]
    [DataRow(2, 5, DisplayName = "30 steps an epoch: 5 epochs")]
    public void Initialization_LabelsThatAreLearnt_EndsSoonAfterTheBest(int batchSize, int patience)
    {
        var options = Options(epochs: 10);
        options.BatchSize = batchSize;
        (options.InitializationEpochs, options.NumberOfEpochs, options.LearningRate) = (80, 1, 1e-3);
        using var model = TestMethods.Trainer(_ml, options).Fit(View());
        var agreements = model.History.BestRun.Epochs.Where(e => e.Phase == "initialization").Select(e => e.Quantities!["agreement"]).ToArray();
        Assert.AreEqual(Array.IndexOf(agreements, agreements.Max()) + 1 + patience, agreements.Length);
        Assert.AreEqual(1, agreements.Max());
        Assert.HasCount(1, _lines.Where(l => l.Contains("initialization ends with epoch", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow(0, 60)]
    [DataRow(1, 47, DisplayName = "140 steps of 3 an epoch")]
    public void Clustering_TargetAtRest_EndsWithThatEpoch(double tolerance, int epochs)
    {
        var options = Options();
        (options.TargetTolerance, options.NumberOfEpochs) = (tolerance, 60);
        using var model = TestMethods.Trainer(_ml, options).Fit(View());
        var clustering = model.History.BestRun.Epochs.Where(e => e.Phase == "clustering").ToArray();
        Assert.HasCount(epochs, clustering);
        // The other epochs have no new target, and nothing to say of it.
        var change = clustering.Where(e => e.Quantities is not null).Single();
        Assert.AreEqual(47, change.Epoch);
        Assert.IsTrue(change.Quantities!["change"] is > 0 and <= 1);
        Assert.AreEqual(epochs < 60, _lines.Any(l => l.Contains("less than TargetTolerance", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Fit_RecordingTheMismatch_TakesTheReconstructionWithItsWeightsWithin()
    {
        var options = Options();
        options.RecordMismatch = true;
        using var model = TestMethods.Trainer(_ml, options).Fit(View());
        var recorded = model.History.BestRun.Epochs.Where(e => e.Mismatch is not null).ToArray();
        Assert.IsNotEmpty(recorded);
        foreach (var epoch in recorded)
        {
            var reconstruction = epoch.Losses.Where(l => l.Key.StartsWith("reconstruction", StringComparison.Ordinal)).ToArray();
            Assert.IsGreaterThan(1, reconstruction.Length);
            Assert.AreEqual(reconstruction.Sum(l => l.Value), epoch.Mismatch!.AuxiliaryLoss, 1e-5);
        }
    }

    [TestMethod]
    public void Fit_WithoutPretraining_BeginsWithTheFirstClusters()
    {
        var options = Options();
        options.PretrainingEpochs = 0;
        using var model = TestMethods.Trainer(_ml, options).Fit(View());
        Assert.AreEqual("initialization initialization clustering clustering", string.Join(" ", model.History.BestRun.Epochs.Select(e => e.Phase)));
    }

    [TestMethod]
    [DataRow("Dropout", 0.25)]
    [DataRow("LayerReconstructionWeight", 0)]
    [DataRow("Target", DepictTarget.Balanced)]
    [DataRow("KMeansRestarts", 20)]
    public void Fit_OtherValueOfAnOption_GivesAnotherModelUnlessItIsTheDefault(string name, object value)
    {
        var (usual, other) = (Options(), Options());
        var property = typeof(DepictOptions).GetProperty(name)!;
        property.SetValue(other, property.PropertyType == typeof(double) ? Convert.ToDouble(value) : value);
        using var first = TestMethods.Trainer(_ml, usual).Fit(View());
        using var second = TestMethods.Trainer(_ml, other).Fit(View());
        var (a, b) = (Weights(first), Weights(second));
        Assert.AreEqual(name == "KMeansRestarts", a.SequenceEqual(b));

        static double[] Weights(DeepClusteringTransformer model) => [.. model.Trained.Method.state_dict().Values.SelectMany(TestTensors.Values)];
    }

    [TestMethod]
    [DataRow(1, 0)]
    [DataRow(20, 1)]
    public void Fit_PixelsOutsideOfTheDecodersRange_Warns(float scale, int warnings)
    {
        var rows = TestVectors.Make(30, 64).Select(r => Array.ConvertAll(r, x => scale * x)).ToArray();
        using var model = TestMethods.Trainer(_ml, Options()).Fit(TestVectors.View(_ml, rows, 1, 8, 8));
        Assert.HasCount(warnings, _lines.Where(l => l.StartsWith("The pixels are from -", StringComparison.Ordinal) && l.Contains("-1 to 1", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Dropout_Drawn_LosesItsShareAndKeepsTheMean()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var noise = new DropoutNoise(0.2);
        var values = ones(200, 50);
        Assert.IsFalse(noise.IsDrawn);
        Assert.AreSame(values, noise.Apply(0, values));
        noise.Draw([[200, 50]], generator, CPU);
        var disturbed = noise.Apply(0, values);
        Assert.AreEqual(0.2, TestTensors.Value(disturbed.Is(0).to(ScalarType.Float64).mean()), 0.02);
        Assert.AreEqual(1, TestTensors.Value(disturbed.mean()), 0.02);
        Assert.AreEqual(1.25, TestTensors.Value(disturbed.max()), 1e-6);
        Assert.AreSame(values, noise.Apply(1, values));
        noise.Clear();
        Assert.AreSame(values, noise.Apply(0, values));
    }

    private static double[] Values(TrainingPhase phase, TrainingBatch batch) => TestTensors.Values(phase.Loss(batch).Values());

    private static DepictOptions Options(int epochs = 2) => (DepictOptions)TestMethods.Options("Depict", epochs);

    private IDataView View() => TestRows.View(_ml, TestRows.Make(Rows, Size), images: false);

    /// <summary>A method with its first weights and some rows.</summary>
    private sealed class Stage : IDisposable
    {
        private readonly Generator _generator = new(1);

        public Stage(Action<DepictOptions>? change = null, bool images = false)
        {
            Options = DepictTests.Options();
            Options.Dropout = 0.1;
            Options.HiddenLayers = images ? null : [8, 7];
            change?.Invoke(Options);
            long[] shape = images ? [1, 9, 8] : [Size];
            Method = (DepictMethod)Options.CreateMethod(new InputShape(shape));
            Method.Initialize(_generator);
            Rows = new MemoryRows(TestTensors.Wave([DepictTests.Rows, .. shape]).to(ScalarType.Float32).DetachFromDisposeScope());
            Context = new(Rows, _generator, _ => { }, _ => { }, CancellationToken.None);
            Optimizer = new AdamOptimizer(Method.parameters(), 1e-3);
            Indices = Arithmetic.Numbers(DepictTests.Rows, CPU);
        }

        public DepictOptions Options { get; }

        public DepictMethod Method { get; }

        public MemoryRows Rows { get; }

        public TrainingContext Context { get; }

        public AdamOptimizer Optimizer { get; }

        public TrainingBatch Batch => new(Rows.All, Rows.All, Indices);

        private Tensor Indices { get; }

        public DepictClusteringPhase Clustering() => new(Method, Options, Optimizer, DepictTests.Rows);

        public void Dispose()
        {
            Indices.Dispose();
            Optimizer.Dispose();
            Rows.Dispose();
            Method.Dispose();
            _generator.Dispose();
        }
    }
}
