using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Methods.Reclustering;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

/// <summary>BRB: soft resets, reclustering, the reset of moments, and the pair loss. Miklautz et al., ICLR 2025.</summary>
[TestClass]
public sealed class ReclusteringBarrierTests
{
    private const int Rows = AutoencoderStage.Rows;
    private const int Size = AutoencoderStage.Size;

    private readonly MLContext _ml = new(seed: 1);

    private static Tensor Batch => AutoencoderStage.Batch;

    [TestMethod]
    [DataRow(20, 400, new[] { 21, 41, 381 }, new[] { 1, 2, 20, 22, 400 })]
    [DataRow(1, 3, new[] { 2, 3 }, new[] { 1 })]
    [DataRow(5, 10, new[] { 6 }, new[] { 1, 5, 7, 10 })]
    public void IsDue_Epochs_AreThoseAfterEachInterval(int interval, int epochs, int[] due, int[] notDue)
    {
        var brb = new BrbOptions { Interval = interval };
        Assert.IsTrue(due.All(brb.IsDue));
        Assert.IsFalse(notDue.Any(brb.IsDue));
        for (var epoch = 1; epoch <= epochs; epoch++)
            Assert.AreEqual(Enumerable.Range(epoch + 1, epochs - epoch).Any(brb.IsDue), brb.IsAhead(epoch, epochs), $"epoch {epoch}");
    }

    [TestMethod]
    public void SoftReset_Alpha_MixesTheWeightsWithNewOnes()
    {
        using var scope = NewDisposeScope();
        using var stage = new AutoencoderStage();
        var before = Weights(stage.Method.Autoencoder);
        Reset(stage, alpha: 0);
        var drawn = Weights(stage.Method.Autoencoder);
        Restore(stage.Method.Autoencoder, before);
        Reset(stage, alpha: 0.8);
        var mixed = Weights(stage.Method.Autoencoder);
        foreach (var (name, values) in mixed)
        {
            var isHidden = name.StartsWith("encoder.", StringComparison.Ordinal);
            for (var i = 0; i < values.Length; i++)
                Assert.AreEqual(isHidden ? 0.8 * before[name][i] + 0.2 * drawn[name][i] : before[name][i], values[i], isHidden ? 1e-6 : 0, name);
        }
    }

    [TestMethod]
    public void SoftReset_Hard_DrawsFromTheBoundsOfTheInputs()
    {
        using var scope = NewDisposeScope();
        using var stage = new AutoencoderStage();
        Reset(stage, alpha: 0);
        foreach (var (name, inputs) in new[] { ("encoder.block1.linear1", Size), ("encoder.block1.linear2", 500), ("encoder.block2.linear3", 500) })
        {
            var weights = stage.Method.Autoencoder.state_dict()[$"{name}.weight"];
            var bound = Math.Sqrt(6.0 / inputs);
            Assert.IsTrue(TestTensors.Value(weights.abs().max()) <= bound);
            // The standard deviation of a uniform distribution is its half width over the root of 3.
            Assert.AreEqual(bound / Math.Sqrt(3), TestTensors.Value(weights.std()), 0.05 * bound);
            var biases = stage.Method.Autoencoder.state_dict()[$"{name}.bias"];
            Assert.IsTrue(TestTensors.Value(biases.abs().max()) <= 1 / Math.Sqrt(inputs));
            Assert.IsGreaterThan(0.8 / Math.Sqrt(inputs), TestTensors.Value(biases.abs().max()));
        }
    }

    [TestMethod]
    public void SoftReset_AlphaOne_ChangesNothing()
    {
        using var scope = NewDisposeScope();
        using var stage = new AutoencoderStage();
        var before = Weights(stage.Method.Autoencoder);
        Reset(stage, alpha: 1);
        foreach (var (name, values) in Weights(stage.Method.Autoencoder))
            CollectionAssert.AreEqual(before[name], values, name);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Break_Parts_DoWhatTheirOptionSays(bool on)
    {
        using var scope = NewDisposeScope();
        using var stage = new AutoencoderStage();
        stage.Method.InitializeCentroids(stage.Context);
        using var optimizer = new AdamOptimizer(stage.Method.Autoencoder.parameters().Append(stage.Method.Centroids), 1e-3);
        foreach (var parameter in optimizer.Parameters)
            parameter.grad = ones_like(parameter);
        optimizer.Step();
        var (weights, centroids) = (Weights(stage.Method.Autoencoder), TestTensors.Values(stage.Method.Centroids));
        ReclusteringBarrier.Break(stage.Method, new() { ResetsEncoder = on, Reclusters = on, ResetsMomentum = on }, optimizer, stage.Context, epoch: 2);
        var changed = Weights(stage.Method.Autoencoder).Where(w => !w.Value.SequenceEqual(weights[w.Key])).Select(w => w.Key).ToArray();
        Assert.HasCount(on ? 6 : 0, changed, string.Join(", ", changed));
        Assert.AreEqual(on, !centroids.SequenceEqual(TestTensors.Values(stage.Method.Centroids)));
        var last = optimizer.Parameters.Count - 1;
        Assert.AreEqual(on, TestTensors.Value(optimizer.State()[$"{last}.second"].sum()) == 0);
        Assert.AreNotEqual(0, TestTensors.Value(optimizer.State()["0.second"].sum()));
    }

    [TestMethod]
    public void InitializeCentroids_OfSomeRows_PlacesThemAmongThese()
    {
        using var scope = NewDisposeScope();
        using var stage = new AutoencoderStage();
        // k-means of three rows into three clusters: the rows themselves.
        stage.Method.InitializeCentroids(stage.Context, 1);
        var embeddings = TestTensors.Values(stage.Method.MapAll(stage.Context, z => z)).Chunk((int)stage.Method.EmbeddingSize).ToArray();
        foreach (var centroid in TestTensors.Values(stage.Method.Centroids).Chunk((int)stage.Method.EmbeddingSize))
            Assert.IsTrue(embeddings.Any(z => z.Zip(centroid, (a, b) => Math.Abs(a - b)).Max() < 1e-4));
    }

    [TestMethod]
    public void SampledRows_OfOthers_AreTheirRowsAndWeights()
    {
        using var scope = NewDisposeScope();
        using var rows = new MemoryRows(Batch.DetachFromDisposeScope()) { Weights = TestTensors.Noise(Rows).Plus(1).to(ScalarType.Float32).DetachFromDisposeScope() };
        using var sampled = new SampledRows(rows, tensor(new long[] { 7, 3, 11 }));
        Assert.AreEqual(3, sampled.Count);
        TestTensors.AreClose(TestTensors.Values(rows.All[3]), sampled.Range(1, 2)[0], 0);
        TestTensors.AreClose(TestTensors.Values(rows.All[11]), sampled.Gather(tensor(new long[] { 2 }))[0], 0);
        TestTensors.AreClose([TestTensors.Values(rows.Weights!)[7]], sampled.Weights![0], 0);
    }

    [TestMethod]
    public void PairLoss_OfDecAndIdec_IsTheMeanOfBothViews()
    {
        using var scope = NewDisposeScope();
        var (clean, changed) = (Batch, Batch.Plus(0.1));
        using var dec = new AutoencoderStage(new DecOptions());
        dec.Method.InitializeCentroids(dec.Context);
        var expected = Naive(dec.Method, clean, changed);
        Assert.AreEqual(expected, TestTensors.Value(((DecFamilyMethod)dec.Method).PairLoss(new(clean, changed, Arithmetic.Numbers(Rows, CPU))).Total()), 1e-5);

        using var idec = new AutoencoderStage(new IdecOptions());
        idec.Method.InitializeCentroids(idec.Context);
        var errors = new[] { clean, changed }.Average(x => TestTensors.Value((idec.Method.Autoencoder.forward(x) - x).Squared().mean()));
        var terms = ((DecFamilyMethod)idec.Method).PairLoss(new(clean, changed, Arithmetic.Numbers(Rows, CPU)));
        Assert.AreEqual(0.1 * Naive(idec.Method, clean, changed) + errors, TestTensors.Value(terms.Total()), 1e-5);
    }

    [TestMethod]
    public void PairLoss_OfDcn_TakesTheNearestCentroidOfTheCleanRow()
    {
        using var scope = NewDisposeScope();
        var (clean, changed) = (Batch, Batch.Plus(0.1));
        using var stage = new AutoencoderStage(new DcnOptions { PairLoss = true, Augmentation = new(), ClusteringWeight = 3 });
        var phase = stage.Method.Phases(stage.Context).Single(p => p.Name == "clustering");
        phase.OnStart(stage.Context);
        var labels = CentroidDistance.Squared(stage.Method.Embed(clean), stage.Method.Centroids).argmin(1L);
        var expected = new[] { clean, changed }.Average(x =>
            TestTensors.Value((stage.Method.Autoencoder.forward(x) - x).Squared().sum(dim: 1L).mean())
            + 3 * 0.5 * TestTensors.Value((stage.Method.Embed(x) - stage.Method.Centroids.index_select(0, labels)).Squared().sum(dim: 1L).mean()));
        Assert.AreEqual(expected, TestTensors.Value(phase.Loss(new(clean, changed, Arithmetic.Numbers(Rows, CPU))).Total()), 1e-4);
    }

    [TestMethod]
    public void Fit_DecThatSettlesBeforeABreak_GoesOnToTheLast()
    {
        var options = (DecOptions)TestMethods.Options("Dec", epochs: 9);
        (options.LabelChangeTolerance, options.UpdateInterval, options.Brb) = (1, 1, new() { Interval = 3, Alpha = 1, Reclusters = false });
        using var model = TestMethods.Trainer(_ml, options).Fit(TestVectors.View(_ml, TestVectors.Make(Rows, Size), Size));
        // The last break is before epoch 7: there the labels settle again, and the training ends.
        Assert.HasCount(7, model.History.BestRun.Epochs.Where(e => e.Phase == "clustering").ToArray());
        options.Brb = null;
        using var plain = TestMethods.Trainer(_ml, options).Fit(TestVectors.View(_ml, TestVectors.Make(Rows, Size), Size));
        Assert.HasCount(1, plain.History.BestRun.Epochs.Where(e => e.Phase == "clustering").ToArray());
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void Fit_DecWhoseLabelsStillChangeAfterTheLastBreak_GoesOn(int interval)
    {
        var options = (DecOptions)TestMethods.Options("Dec", epochs: 9);
        // A break and an update of the target in the same place, or one epoch apart; half of a row is none.
        (options.LabelChangeTolerance, options.UpdateInterval, options.UpdateUnit, options.LearningRate) = (0.5 / Rows, interval, UpdateUnit.Epochs, 0.02);
        options.Brb = new() { Interval = 3, Alpha = 0.5 };
        using var model = TestMethods.Trainer(_ml, options).Fit(TestVectors.View(_ml, TestVectors.Make(Rows, Size), Size));
        Assert.HasCount(9, model.History.BestRun.Epochs.Where(e => e.Phase == "clustering").ToArray());
    }

    [TestMethod]
    [DataRow("Dec", true)]
    [DataRow("DeepKMeans", true)]
    [DataRow("Dcn", false)]
    [DataRow("Centering", false)]
    public void Fit_OptimizerWithAndWithoutCentroids_SaysWhetherTheirMomentsAreZeroed(string method, bool isTrained)
    {
        var options = (AutoencoderFamilyOptions)TestMethods.Options(method, epochs: 3);
        if (options is DecOptions dec)
            dec.LabelChangeTolerance = 0;
        options.GetType().GetProperty("Brb")!.SetValue(options, new BrbOptions { Interval = 2, ResetsEncoder = false, Reclusters = false });
        var log = new List<string>();
        _ml.Log += (_, e) => log.Add(e.Message);
        using var model = TestMethods.Trainer(_ml, options).Fit(TestVectors.View(_ml, TestVectors.Make(Rows, Size), Size));
        var what = isTrained ? "the moments of the centroids are zeroed" : "nothing is left to do by its options";
        Assert.ContainsSingle(m => m.EndsWith($"Break before epoch 3: {what}.", StringComparison.Ordinal), log);
    }

    [TestMethod]
    public void Brb25_OfEachMethod_HasTheSettingsOfThePaper()
    {
        foreach (var options in new AutoencoderFamilyOptions[] { DecOptions.Presets.Brb25(), IdecOptions.Presets.Brb25(), DcnOptions.Presets.Brb25() })
        {
            Assert.AreEqual("1024 512 256", string.Join(" ", options.HiddenLayers!));
            Assert.AreEqual((512, 250, 400, 10), (options.BatchSize!.Value, options.PretrainingEpochs!.Value, options.NumberOfEpochs!.Value, options.KMeansRestarts));
            Assert.AreEqual((1e-3, 1e-3), (options.LearningRate, options.PretrainingLearningRate!.Value));
            Assert.AreEqual((16, 0.1, 8), (options.Augmentation!.Rotation, options.Augmentation.Shift, options.Augmentation.Shear));
            var brb = (BrbOptions)options.GetType().GetProperty("Brb")!.GetValue(options)!;
            Assert.AreEqual((20, 0.8, true, true, true, 10_000), (brb.Interval, brb.Alpha, brb.ResetsEncoder, brb.Reclusters, brb.ResetsMomentum, brb.ReclusteringRows));
            Assert.IsTrue((bool)options.GetType().GetProperty("PairLoss")!.GetValue(options)!);
        }

        var dcn = DcnOptions.Presets.Brb25();
        // 0.025 / k of the mean over features is half of λ beside their sum.
        Assert.AreEqual(2 * 0.025 * 784 / 10, dcn.ClusteringWeight, 1e-9);
        Assert.AreEqual(1.0 / 101, dcn.CentroidRate!.Value, 1e-12);
    }

    [TestMethod]
    public void Fit_Brb25_TrainsImagesOfEachMethod()
    {
        var rows = TestRows.Make(36);
        foreach (var options in new AutoencoderFamilyOptions[] { DecOptions.Presets.Brb25(), IdecOptions.Presets.Brb25(), DcnOptions.Presets.Brb25(3, TestRows.Side * TestRows.Side) })
        {
            (options.NumberOfClusters, options.PretrainingEpochs, options.NumberOfEpochs, options.Seed) = (3, 2, 22, 1);
            using var model = TestMethods.Trainer(_ml, options).Fit(TestRows.View(_ml, rows, images: true));
            Assert.AreEqual(3, model.EmbeddingSize);
            Assert.HasCount(24, model.History.BestRun.Epochs);
            TestVectors.AreSound(TestRows.Scored(_ml, model.Transform(TestRows.View(_ml, rows, images: true))), 3, 3);
        }
    }

    [TestMethod]
    [DataRow("Dec", typeof(DecOptions))]
    [DataRow("Idec", typeof(IdecOptions))]
    [DataRow("DecUco", typeof(DecUcoOptions))]
    [DataRow("Dcn", typeof(DcnOptions))]
    [DataRow("DeepKMeans", typeof(DeepKMeansOptions))]
    [DataRow("Centering", typeof(CenteringOptions))]
    public void Fit_IntervalThatIsNotReached_SaysThatNoBreakComes(string method, Type type)
    {
        var options = (AutoencoderFamilyOptions)TestMethods.Options(method, epochs: 3);
        type.GetProperty("Brb")!.SetValue(options, new BrbOptions { Interval = 3 });
        var log = new List<string>();
        _ml.Log += (_, e) => log.Add(e.Message);
        using var model = TestMethods.Trainer(_ml, options).Fit(TestVectors.View(_ml, TestVectors.Make(Rows, Size), Size));
        Assert.HasCount(1, log.Where(m => m.Contains("Brb.Interval is 3 and the clustering has 3 epochs, so that no break comes", StringComparison.Ordinal)).ToArray());
        Assert.IsFalse(log.Exists(m => m.Contains("Break before", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void PreparationFor_PairsWithoutAugmentation_SaysThatOneWouldDo()
    {
        foreach (var options in new DeepClusteringOptions[] { new DecOptions { PairLoss = true }, new IdecOptions { PairLoss = true }, new DcnOptions { PairLoss = true } })
            StringAssert.Contains(options.PreparationFor(new InputShape([Size])).Notes.Single(), "PairLoss is true, but Augmentation is null");
    }

    [TestMethod]
    public void Validate_WrongValues_NameTheOption()
    {
        Expect(new DecOptions { Brb = new() { Interval = 0 } }, "Brb.Interval is 0; it must be 1 or more");
        Expect(new DcnOptions { Brb = new() { Alpha = 1.5 } }, "Brb.Alpha is 1.5; it must be 0 to 1");
        Expect(new CenteringOptions { Brb = new() { ReclusteringRows = 0 } }, "Brb.ReclusteringRows is 0; it must be 1 or more");
        Expect(new DeepKMeansOptions { Brb = new() { Interval = -1 } }, "Brb.Interval is -1");
        Expect(new DecOptions { HiddenLayers = [] }, "HiddenLayers is []; it must be 1 to 20 widths of 1 or more");
        Expect(new DdcOptions { HiddenLayers = [5, 0] }, "HiddenLayers is [5, 0]");
        Expect(new IdecOptions { Augmentation = new() { Shear = 90 } }, "Augmentation.Shear is 90; it must be 0 to below 90 degrees");

        static void Expect(DeepClusteringOptions options, string part)
        {
            var faults = new OptionFaults();
            options.Validate(faults);
            StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => faults.ThrowIfAny("a method")).Message, part);
        }
    }

    // ½ (CE(P, Q) + CE(P, Q')), by loops.
    private static double Naive(AutoencoderFamilyMethod method, Tensor clean, Tensor changed)
    {
        double[][] Soft(Tensor x) => TestTensors.Values(StudentAssignment.Compute(CentroidDistance.Squared(method.Embed(x), method.Centroids))).Chunk(3).ToArray();
        var (q, other) = (Soft(clean), Soft(changed));
        var sizes = Enumerable.Range(0, 3).Select(j => q.Sum(row => row[j])).ToArray();
        var loss = 0.0;
        for (var i = 0; i < Rows; i++)
        {
            var shares = Enumerable.Range(0, 3).Select(j => q[i][j] * q[i][j] / sizes[j]).ToArray();
            for (var j = 0; j < 3; j++)
                loss -= shares[j] / shares.Sum() * (Math.Log(q[i][j] + 1e-8) + Math.Log(other[i][j] + 1e-8)) / 2 / Rows;
        }

        return loss;
    }

    private static void Reset(AutoencoderStage stage, double alpha)
    {
        using var generator = new Generator(5);
        SoftReset.Apply(stage.Method.Autoencoder.HiddenLayers, alpha, generator);
    }

    private static Dictionary<string, double[]> Weights(nn.Module module) => module.state_dict().ToDictionary(w => w.Key, w => TestTensors.Values(w.Value));

    private static void Restore(nn.Module module, Dictionary<string, double[]> weights)
    {
        using var gradientsOff = no_grad();
        foreach (var (name, tensor) in module.state_dict())
            tensor.copy_(OfShape(weights[name], tensor.shape));
    }

    private static Tensor OfShape(double[] values, long[] shape) => tensor(values).reshape(shape);
}
