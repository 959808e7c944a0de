using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Methods.Pretraining;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

/// <summary>Pretraining with a critic of interpolations.</summary>
[TestClass]
public sealed class AdversarialPretrainingTests
{
    private const int Rows = 6;
    private const int Size = 5;

    public static IEnumerable<object[]> Methods => MethodNames.OptionTypes
        .Where(m => m.Value.IsSubclassOf(typeof(AutoencoderFamilyOptions))).SelectMany(m => new object[][] { [m.Key, true], [m.Key, false] });

    private static Tensor Batch => TestTensors.Noise(Rows, Size).to(ScalarType.Float32);

    [TestMethod]
    public void Deception_SharesOfTheGenerator_IsTheMeanSquareOfWhatTheCriticSaysOfMixtures()
    {
        using var scope = NewDisposeScope();
        using var stage = new Stage();
        stage.Critic.DrawShares(Rows, stage.Context);
        var (embedding, reconstruction) = stage.Encoded(Batch);
        var shares = stage.Shares[0].Times(0.5);
        var decoded = stage.System.Autoencoder.Decode(Mixture(shares, embedding));
        IsRelativelyClose(MeanSquare(stage.NaiveCritic(decoded)), TestTensors.Value(stage.Critic.Deception(stage.Critic.DecodeMixtures(embedding))));
    }

    [TestMethod]
    public void Deception_InEvaluation_MixesHalves()
    {
        using var scope = NewDisposeScope();
        using var stage = new Stage();
        var (embedding, reconstruction) = stage.Encoded(Batch);
        var decoded = stage.System.Autoencoder.Decode(embedding.Plus(Reversed(embedding)).Times(0.5));
        IsRelativelyClose(MeanSquare(stage.NaiveCritic(decoded)), TestTensors.Value(stage.Critic.Deception(stage.Critic.DecodeMixtures(embedding))));
    }

    [TestMethod]
    [DataRow("critic.")]
    [DataRow("critic-optimizer.")]
    public void Resume_TensorOfAnotherShape_IsRefused(string prefix)
    {
        using var scope = NewDisposeScope();
        using var stage = new Stage();
        var state = stage.Critic.State().ToDictionary();
        stage.Critic.Resume(state);
        // One that could be spread over the whole.
        var name = state.Keys.First(k => k.StartsWith(prefix, StringComparison.Ordinal) && state[k].dim() == 2);
        state[name] = zeros(1, 1);
        var fault = Assert.ThrowsExactly<InvalidDataException>(() => stage.Critic.Resume(state));
        StringAssert.Contains(fault.Message, "A tensor of its phase is Float32 of shape (1, 1), and not Float32 of (");
    }

    [TestMethod]
    public void Step_OneBatch_TakesTheLossOfTheSharesAndOfBlends()
    {
        using var scope = NewDisposeScope();
        using var stage = new Stage();
        stage.Critic.DrawShares(Rows, stage.Context);
        var (embedding, reconstruction) = stage.Encoded(Batch);
        var mixtures = stage.Critic.DecodeMixtures(embedding);
        var (alpha, gamma) = (stage.Shares[0].Times(0.5), stage.Shares[1]);
        var mixed = stage.System.Autoencoder.Decode(Mixture(alpha, embedding));
        var expected = MeanSquare(stage.NaiveCritic(mixed) - alpha.flatten()) + MeanSquare(stage.NaiveCritic((gamma * Batch).Plus(1.0.Minus(gamma) * reconstruction)));
        stage.Critic.Step(Batch, mixtures, reconstruction);
        IsRelativelyClose(expected, stage.Critic.TakeLoss());
    }

    [TestMethod]
    public void Step_OnTheSameBatch_MovesTheCriticAloneAndLowersItsLoss()
    {
        using var scope = NewDisposeScope();
        using var stage = new Stage();
        var before = stage.System.Autoencoder.state_dict().ToDictionary(w => w.Key, w => TestTensors.Values(w.Value));
        var weights = stage.Critic.State().ToDictionary(w => w.Key, w => TestTensors.Values(w.Value));
        var losses = new List<double>();
        for (var i = 0; i < 30; i++)
        {
            stage.Restart();
            stage.Critic.DrawShares(Rows, stage.Context);
            var (embedding, reconstruction) = stage.Encoded(Batch);
            stage.Critic.Step(Batch, stage.Critic.DecodeMixtures(embedding), reconstruction);
            losses.Add(stage.Critic.TakeLoss());
        }

        Assert.IsLessThan(0.25 * losses[0], losses[^1]);
        foreach (var (name, weight) in stage.System.Autoencoder.state_dict())
            CollectionAssert.AreEqual(before[name], TestTensors.Values(weight), name);
        foreach (var (name, weight) in stage.Critic.State())
            CollectionAssert.AreNotEqual(weights[name], TestTensors.Values(weight), name);
    }

    [TestMethod]
    public void Deception_BackwardPass_MovesTheAutoencoderAlone()
    {
        using var scope = NewDisposeScope();
        using var stage = new Stage();
        var weights = stage.Critic.State().ToDictionary(w => w.Key, w => TestTensors.Values(w.Value));
        using var optimizer = new AdamOptimizer(stage.System.Autoencoder.parameters(), 1e-4);
        var losses = new List<double>();
        for (var i = 0; i < 20; i++)
        {
            var (embedding, reconstruction) = stage.Encoded(Batch);
            var loss = stage.Critic.Deception(stage.Critic.DecodeMixtures(embedding));
            losses.Add(TestTensors.Value(loss));
            stage.System.zero_grad();
            loss.backward();
            optimizer.Step();
        }

        Assert.IsLessThan(0.5 * losses[0], losses[^1]);
        foreach (var (name, weight) in stage.Critic.State())
            CollectionAssert.AreEqual(weights[name], TestTensors.Values(weight), name);
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_AnyMethod_TrainsBothAndRepeats(string method, bool images)
    {
        var ml = new MLContext(seed: 1);
        using var model = TestMethods.Trainer(ml, Options(method)).Fit(TestRows.View(ml, Trainings.MakeRows(images), images));
        var epochs = model.History.BestRun.Epochs.Where(e => e.Phase == "pretraining").ToArray();
        Assert.HasCount(2, epochs);
        foreach (var epoch in epochs)
        {
            Assert.IsTrue(double.IsFinite(epoch.Quantities!["critic"]));
            CollectionAssert.AreEquivalent(new[] { "reconstruction", "interpolation" }, epoch.Losses.Keys.ToArray());
        }

        Assert.IsTrue(model.History.BestRun.Epochs.Where(e => e.Phase != "pretraining").All(e => method == "DynamicAutoencoder" ? !e.Quantities!.ContainsKey("critic") : e.Quantities is null));
        var line = Trainings.Line(Options(method), images);
        Assert.AreEqual(line, Trainings.Line(Options(method), images));
        Assert.AreNotEqual(line, Trainings.Line(TestMethods.Options(method), images));
    }

    [TestMethod]
    public void Fit_ManyEpochs_LowersTheLossesOfBoth()
    {
        var ml = new MLContext(seed: 1);
        var options = Options("AutoencoderKMeans");
        options.PretrainingEpochs = 40;
        using var model = TestMethods.Trainer(ml, options).Fit(TestRows.View(ml, Trainings.MakeRows(images: false), images: false));
        var epochs = model.History.BestRun.Epochs;
        // 1/12 for a critic that says 0, 0.052 for the best that says the same of all.
        Assert.IsLessThan(0.7 * epochs[0].Quantities!["critic"], epochs[39].Quantities!["critic"]);
        Assert.IsLessThan(0.5 * epochs[0].Losses["reconstruction"], epochs[39].Losses["reconstruction"]);
    }

    [TestMethod]
    public void Fit_BrokenOffInPretraining_EndsBitForBit()
    {
        using var folder = new TemporaryFolder();
        var whole = Trainings.Line(Options("Dcn"), images: true);
        var interrupted = Options("Dcn");
        interrupted.CheckpointPath = folder.File("training.checkpoint");
        interrupted.Progress = new Reporter(p =>
        {
            if (p is { Phase: "pretraining", Epoch: 2 })
                throw new IOException("broken off");
        });
        Assert.ThrowsExactly<IOException>(() => Trainings.Line(interrupted, images: true));
        var resumed = Options("Dcn");
        resumed.CheckpointPath = interrupted.CheckpointPath;
        Assert.AreEqual(whole, Trainings.Line(resumed, images: true));
    }

    [TestMethod]
    public void Save_LossOfTheCritic_IsInTheHistoryAfterLoading()
    {
        var ml = new MLContext(seed: 1);
        using var model = TestMethods.Trainer(ml, Options("AutoencoderKMeans")).Fit(TestRows.View(ml, Trainings.MakeRows(images: false), images: false));
        using var stream = new MemoryStream();
        ml.Model.Save(model, null, stream);
        stream.Position = 0;
        using var loaded = (DeepClusteringTransformer)ml.Model.Load(stream, out _);
        Assert.AreEqual(model.History.BestRun.Epochs[0].Quantities!["critic"], loaded.History.BestRun.Epochs[0].Quantities!["critic"]);
    }

    private static AutoencoderFamilyOptions Options(string method)
    {
        var options = (AutoencoderFamilyOptions)TestMethods.Options(method);
        options.Pretraining = PretrainingObjective.AdversarialInterpolation;
        return options;
    }

    private static void IsRelativelyClose(double expected, double actual) => Assert.AreEqual(expected, actual, 1e-5 * expected);

    private static double MeanSquare(Tensor values) => TestTensors.Value(values.Squared().mean());

    private static Tensor Mixture(Tensor shares, Tensor rows) => (shares * rows).Plus(1.0.Minus(shares) * Reversed(rows));

    private static Tensor Reversed(Tensor rows) => rows.index_select(0, tensor(Enumerable.Range(0, Rows).Select(i => (long)(Rows - 1 - i)).ToArray()));

    /// <summary>An autoencoder of vectors, its critic, and what the generator gives from its start.</summary>
    private sealed class Stage : IDisposable
    {
        private readonly MemoryRows _data = new(zeros(1, 1));

        public Stage()
        {
            var options = Options("AutoencoderKMeans");
            options.Initialization = WeightInitialization.HeNormal;
            System = (AutoencoderFamilyMethod)options.CreateMethod(new InputShape([Size]));
            using var generator = new Generator(3);
            System.Initialize(generator);
            Critic = new(System, 1e-4, CPU);
            Critic.Start(generator);
            Context = Begin();
        }

        public AutoencoderFamilyMethod System { get; }

        public InterpolationCritic Critic { get; }

        public TrainingContext Context { get; private set; }

        /// <summary>What the generator gives next from U(0, 1): (2, n, 1).</summary>
        public Tensor Shares
        {
            get
            {
                using var generator = new Generator(4);
                return rand(new long[] { 2, Rows, 1 }, generator: generator);
            }
        }

        public void Restart()
        {
            Context.Generator.Dispose();
            Context = Begin();
        }

        public (Tensor Embedding, Tensor Reconstruction) Encoded(Tensor rows)
        {
            var embedding = System.Embed(rows);
            return (embedding, System.Autoencoder.Decode(embedding));
        }

        private TrainingContext Begin() => new(_data, new Generator(4), _ => { }, _ => { }, CancellationToken.None);

        /// <summary>Layer by layer from the saved weights.</summary>
        public Tensor NaiveCritic(Tensor rows)
        {
            var state = Critic.State();
            var first = Linear("network.block1.linear1", rows).relu();
            var second = Linear("network.block1.linear2", first).relu();
            var third = Linear("network.block2.linear3", second).relu();
            return Linear("units", third).mean(new[] { 1L });

            Tensor Linear(string name, Tensor input)
                => input.matmul(state[$"critic.{name}.weight"].transpose(0, 1)).Plus(state[$"critic.{name}.bias"]);
        }

        public void Dispose()
        {
            Context.Generator.Dispose();
            Critic.Dispose();
            System.Dispose();
            _data.Dispose();
        }
    }
}
