using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Methods.Pretraining;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

/// <summary>Pretraining as the older papers have it: of corrupted inputs, layer by layer, by gradient descent with momentum.</summary>
[TestClass]
public sealed class StackedPretrainingTests
{
    private const int Rows = 30;
    private const int Size = 6;

    private readonly MLContext _ml = new(seed: 1);

    private static Tensor Batch => TestTensors.Noise(Rows, Size).to(ScalarType.Float32);

    [TestMethod]
    public void Corruption_OfAFifth_SetsAboutAFifthTo0InTrainingAlone()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var corruption = new Corruption(0.2);
        var inputs = ones(100, 200);
        Assert.AreSame(inputs, corruption.Apply(inputs));
        corruption.Draw(inputs, generator);
        var corrupted = corruption.Apply(inputs);
        Assert.AreEqual(0.8, TestTensors.Value(corrupted.mean()), 0.01);
        Assert.AreEqual(TestTensors.Value(corrupted.sum()), TestTensors.Value(corrupted.Squared().sum()));
        corruption.Clear();
        Assert.AreSame(inputs, corruption.Apply(inputs));
    }

    [TestMethod]
    public void Loss_OfCorruptedInputs_IsTheErrorOfTheInputsThemselves()
    {
        using var scope = NewDisposeScope();
        using var stage = new Stage(o => o.PretrainingCorruption = 0.5);
        using var again = new Generator(7);
        var phase = stage.Phases().Single(p => p.Name == "pretraining");
        var inputs = Batch;
        var terms = phase.Loss(new(inputs, phase.See(inputs, stage.Context), Arithmetic.Numbers(Rows, CPU)));
        var kept = rand(inputs.shape, dtype: ScalarType.Float32, device: CPU, generator: again).IsAtLeast(0.5).to(ScalarType.Float32);
        var decoded = stage.Method.Autoencoder.forward(inputs * kept);
        Assert.AreEqual(TestTensors.Value((inputs - decoded).Squared().sum(1).mean()), TestTensors.Value(terms.Total()), 1e-4);
    }

    [TestMethod]
    public void LayerPhases_OfThePerceptron_ReconstructWhatTheLayersBeforeGive()
    {
        using var scope = NewDisposeScope();
        using var stage = new Stage(o => o.LayerwiseEpochs = 3);
        var weights = stage.Method.Autoencoder.state_dict();
        var inputs = Batch;
        var before = inputs;
        // The names of a layer of the encoder and of its mirror.
        (string Layer, string Mirror)[] pairs =
        [
            ("encoder.block1.linear1", "decoder.linear3"), ("encoder.block1.linear2", "decoder.linear2"), ("encoder.block2.linear3", "decoder.linear1"), ("embedding", "expansion.linear"),
        ];
        var layers = stage.Phases().Where(p => p.Name.StartsWith("pretraining of layer ", StringComparison.Ordinal)).ToArray();
        Assert.HasCount(4, layers);
        for (var i = 0; i < layers.Length; i++)
        {
            Assert.AreEqual(3, layers[i].Epochs);
            var coded = Linear(before, pairs[i].Layer);
            var code = i < 3 ? coded.relu() : coded;
            var decoded = Linear(code, pairs[i].Mirror);
            var error = (before - (i > 0 ? decoded.relu() : decoded)).Squared().sum(1).mean();
            // Seen by a step, and by an evaluation.
            Assert.AreEqual(TestTensors.Value(error), TestTensors.Value(layers[i].Loss(new(inputs, layers[i].See(inputs, stage.Context), Arithmetic.Numbers(Rows, CPU))).Total()), 1e-4);
            Assert.AreEqual(TestTensors.Value(error), TestTensors.Value(layers[i].Loss(new(inputs, inputs, Arithmetic.Numbers(Rows, CPU))).Total()), 1e-4);
            before = code;
        }

        Tensor Linear(Tensor input, string name) => input.mm(weights[name + ".weight"].t()).Plus(weights[name + ".bias"]);
    }

    [TestMethod]
    public void Fit_LayerByLayer_TrainsEachByItselfAndLowersItsError()
    {
        using var model = Fit(o => (o.LayerwiseEpochs, o.PretrainingEpochs, o.PretrainingCorruption) = (20, 2, 0.1));
        var epochs = model.History.BestRun.Epochs;
        for (var layer = 1; layer <= 4; layer++)
        {
            var errors = epochs.Where(e => e.Phase == $"pretraining of layer {layer}").Select(e => e.TotalLoss).ToArray();
            Assert.HasCount(20, errors);
            Assert.IsLessThan(errors[0], errors[^1], $"layer {layer}");
        }

        Assert.HasCount(2, epochs.Where(e => e.Phase == "pretraining"));
    }

    [TestMethod]
    public void Fit_Momentum_LowersTheErrorAndDiffersFromAdam()
    {
        using var momentum = Fit(o => (o.PretrainingEpochs, o.PretrainingOptimizer, o.PretrainingLearningRate) = (30, OptimizerKind.Momentum, 1e-2));
        var errors = momentum.History.BestRun.Epochs.Select(e => e.TotalLoss).ToArray();
        Assert.IsLessThan(0.9 * errors[0], errors[^1]);
        using var adam = Fit(o => (o.PretrainingEpochs, o.PretrainingLearningRate) = (30, 1e-2));
        Assert.AreNotEqual(adam.History.BestRun.Epochs[1].TotalLoss, errors[1]);
    }

    [TestMethod]
    [DataRow("Dcn")]
    [DataRow("DeepKMeans")]
    public void Fit_MethodsThatCarryTheirAdamOn_TakeMomentumForPretrainingToo(string method)
    {
        var options = (AutoencoderFamilyOptions)TestMethods.Options(method);
        var adam = Trainings.Line(options, images: false);
        options.PretrainingOptimizer = OptimizerKind.Momentum;
        Assert.AreNotEqual(adam, Trainings.Line(options, images: false));
        Assert.AreEqual(Trainings.Line(options, images: false), Trainings.Line(options, images: false));
    }

    [TestMethod]
    public void Fit_BrokenOffInALayer_EndsBitForBit()
    {
        using var folder = new TemporaryFolder();
        var whole = Trainings.Line(Layered(), images: false);
        var interrupted = Layered();
        interrupted.CheckpointPath = folder.File("training.checkpoint");
        interrupted.Progress = new Reporter(p =>
        {
            if (p is { Phase: "pretraining of layer 3", Epoch: 2 })
                throw new IOException("broken off");
        });
        Assert.ThrowsExactly<IOException>(() => Trainings.Line(interrupted, images: false));
        var resumed = Layered();
        resumed.CheckpointPath = interrupted.CheckpointPath;
        Assert.AreEqual(whole, Trainings.Line(resumed, images: false));

        static AutoencoderFamilyOptions Layered()
        {
            var options = (AutoencoderFamilyOptions)TestMethods.Options("Idec");
            (options.LayerwiseEpochs, options.PretrainingCorruption) = (3, 0.2);
            return options;
        }
    }

    [TestMethod]
    public void Fit_LayerByLayerInBFloat16_Trains()
    {
        using var model = Fit(o => (o.LayerwiseEpochs, o.PretrainingEpochs, o.PretrainingCorruption, o.Precision) = (20, 1, 0.1, NumericPrecision.BFloat16));
        foreach (var layer in model.History.BestRun.Epochs.Where(e => e.Phase != "pretraining").GroupBy(e => e.Phase))
            Assert.IsLessThan(layer.First().TotalLoss, layer.Last().TotalLoss, layer.Key);
    }

    [TestMethod]
    public void Fit_LayerByLayerAlone_TrainsTheLayers()
    {
        using var model = _ml.Clustering.Trainers.Idec(new IdecOptions { NumberOfClusters = 3, LayerwiseEpochs = 2, PretrainingEpochs = 0, NumberOfEpochs = 1, Seed = 1 })
            .Fit(TestRows.View(_ml, Trainings.MakeRows(images: false), images: false));
        CollectionAssert.AreEqual(
            new[] { "pretraining of layer 1", "pretraining of layer 2", "pretraining of layer 3", "pretraining of layer 4", "clustering" },
            model.History.BestRun.Epochs.Select(e => e.Phase).Distinct().ToArray());
    }

    [TestMethod]
    public void Fit_LayerByLayerOnTheConvolutionalNetwork_SaysWhatToDo()
    {
        var options = new IdecOptions { NumberOfClusters = 3, LayerwiseEpochs = 1, Seed = 1 };
        var error = Assert.ThrowsExactly<ArgumentException>(() => _ml.Clustering.Trainers.Idec(options).Fit(TestRows.View(_ml, Trainings.MakeRows(images: true), images: true)));
        Assert.Contains("LayerwiseEpochs is 1, but images get the convolutional network, whose layers are trained together; set Network to MultilayerPerceptron, or LayerwiseEpochs to 0.", error.Message);
    }

    private DeepClusteringTransformer Fit(Action<AutoencoderKMeansOptions> change)
    {
        var options = new AutoencoderKMeansOptions { NumberOfClusters = 3, Seed = 1 };
        change(options);
        return _ml.Clustering.Trainers.AutoencoderKMeans(options).Fit(TestRows.View(_ml, Trainings.MakeRows(images: false), images: false));
    }

    /// <summary>A method of vectors with its initial weights.</summary>
    private sealed class Stage : IDisposable
    {
        private readonly MemoryRows _data = new(zeros(Rows, Size));
        private readonly List<TrainingPhase> _phases = [];

        public Stage(Action<AutoencoderFamilyOptions> change)
        {
            var options = new AutoencoderKMeansOptions { NumberOfClusters = 3, PretrainingEpochs = 1 };
            change(options);
            Method = (AutoencoderFamilyMethod)options.CreateMethod(new InputShape([Size]));
            using var start = new Generator(3);
            Method.Initialize(start);
            Context = new TrainingContext(_data, new Generator(7), _ => { }, _ => { }, CancellationToken.None);
        }

        public AutoencoderFamilyMethod Method { get; }

        public TrainingContext Context { get; }

        public IReadOnlyList<TrainingPhase> Phases()
        {
            _phases.AddRange(Method.Phases(Context));
            return _phases;
        }

        public void Dispose()
        {
            Method.Dispose();
            Context.Generator.Dispose();
            _data.Dispose();
        }
    }
}
