using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

/// <summary>When and how far DCN moves its centroids.</summary>
[TestClass]
public sealed class DcnCentroidsTests
{
    private const int Rows = AutoencoderStage.Rows;

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(null, true)]
    [DataRow(0.5, false)]
    public void OnBatchEnd_MovesTheCentroidsWhereThereIsNoRate(double? rate, bool expected)
    {
        using var scope = NewDisposeScope();
        using var stage = Stage(rate);
        var phase = Started(stage);
        Displace(stage.Method.Centroids);
        var before = TestTensors.Values(stage.Method.Centroids);
        phase.OnBatchEnd(new(AutoencoderStage.Batch, AutoencoderStage.Batch, Arithmetic.Numbers(Rows, CPU)), new());
        Assert.AreEqual(expected, !before.SequenceEqual(TestTensors.Values(stage.Method.Centroids)));
    }

    [TestMethod]
    public void OnBatchEnd_ConvolutionalNetwork_AssignsRowsAsScoringDoesAndLeavesItsStatistics()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        using var method = (AutoencoderFamilyMethod)new DcnOptions { NumberOfClusters = 3 }.CreateMethod(new([1, 24, 24]));
        method.Initialize(generator);
        var images = TestTensors.Noise(Rows, 576).to(ScalarType.Float32).reshape(Rows, 1, 24, 24);
        using var data = new MemoryRows(images.clone().DetachFromDisposeScope());
        var context = new TrainingContext(data, generator, _ => { }, _ => { }, CancellationToken.None);
        var phase = method.Phases(context).Last();
        phase.OnStart(context);
        Displace(method.Centroids);
        method.train();
        var before = method.state_dict().Where(t => t.Key.Contains("running", StringComparison.Ordinal)).ToDictionary(t => t.Key, t => TestTensors.Values(t.Value));
        Assert.IsNotEmpty(before);
        using var gradientsOff = no_grad();
        method.eval();
        var expected = TestTensors.Values(method.NearestClusters(method.Embed(images)));
        method.train();
        phase.OnBatchEnd(new(images, images, Arithmetic.Numbers(Rows, CPU)), new());
        Assert.IsTrue(method.training);
        CollectionAssert.AreEqual(expected, TestTensors.Values(phase.State()["_labels"]));
        foreach (var (name, values) in before)
            CollectionAssert.AreEqual(values, TestTensors.Values(method.state_dict()[name]), name);
    }

    [TestMethod]
    public void Fit_PairLoss_RecordsTheMeanReconstructionOfBothImages()
    {
        var options = (DcnOptions)TestMethods.Options("Dcn", epochs: 2);
        (options.PairLoss, options.Augmentation, options.RecordMismatch) = (true, new(), true);
        using var model = TestMethods.Trainer(_ml, options).Fit(TestRows.View(_ml, TestRows.Make(Rows), images: true));
        var recorded = model.History.BestRun.Epochs.Where(e => e.Mismatch is not null).ToArray();
        Assert.HasCount(2, recorded);
        foreach (var epoch in recorded)
            Assert.AreEqual(epoch.Losses["reconstruction"], epoch.Mismatch!.AuxiliaryLoss, 1e-6 * epoch.Losses["reconstruction"]);
    }

    [TestMethod]
    public void OnEpochEnd_OfOneBatch_MovesEachCentroidByTheRate()
    {
        using var scope = NewDisposeScope();
        using var stage = Stage(0.25);
        var phase = Started(stage);
        Displace(stage.Method.Centroids);
        double[][] Rows(Tensor t) => TestTensors.Values(t).Chunk((int)t.shape[1]).ToArray();
        var (r, z) = (Rows(stage.Method.Centroids), Rows(stage.Method.Embed(AutoencoderStage.Batch)));
        var nearest = z.Select(p => Enumerable.Range(0, 3).MinBy(j => r[j].Zip(p, (a, b) => (a - b) * (a - b)).Sum())).ToArray();
        var expected = r.Select((c, j) => c.Select((v, d) => nearest.Contains(j) ? v + 0.25 * (z.Where((_, i) => nearest[i] == j).Average(p => p[d]) - v) : v)).SelectMany(v => v).ToArray();
        phase.OnEpochEnd(stage.Context, 1);
        TestTensors.AreClose(expected, stage.Method.Centroids, 1e-5);
        Assert.IsGreaterThan(0.01, r.SelectMany(v => v).Zip(TestTensors.Values(stage.Method.Centroids), (a, b) => Math.Abs(a - b)).Max());
    }

    [TestMethod]
    public void OnEpochEnd_SeveralBatches_MovesTheCentroidsByEachInTurn()
    {
        using var scope = NewDisposeScope();
        using var stage = Stage(0.25, batch: 16);
        var phase = Started(stage);
        Displace(stage.Method.Centroids);
        var expected = stage.Method.Centroids.detach().clone();
        using var generator = new Generator();
        generator.set_state(stage.Context.Generator.get_state());
        foreach (var indices in randperm(Rows, dtype: ScalarType.Int64, generator: generator).split(16))
        {
            var z = stage.Method.Embed(AutoencoderStage.Batch.index_select(0, indices));
            TrackingCentroids.Update(expected, z, CentroidDistance.Squared(z, expected).argmin(1L), 0.25);
        }

        phase.OnEpochEnd(stage.Context, 1);
        TestTensors.AreClose(TestTensors.Values(expected), stage.Method.Centroids, 1e-5);
    }

    [TestMethod]
    [DataRow(false, false, 3 * 100 + Rows)]
    [DataRow(true, false, 3 * 100 + Rows)]
    [DataRow(false, true, 3 * 100)]
    public void OnEpochStart_Break_ForgetsTheCountsWhereCentroidsArePlacedAnew(bool resets, bool reclusters, int expected)
    {
        using var scope = NewDisposeScope();
        using var stage = new AutoencoderStage(new DcnOptions { Brb = new() { Interval = 1, Alpha = 0.1, ResetsEncoder = resets, Reclusters = reclusters, ResetsMomentum = false } });
        var phase = Started(stage);
        phase.OnBatchEnd(new(AutoencoderStage.Batch, AutoencoderStage.Batch, Arithmetic.Numbers(Rows, CPU)), new());
        Displace(stage.Method.Centroids);
        phase.OnEpochStart(stage.Context, 2);
        Assert.AreEqual(expected, TestTensors.Value(phase.State()["_counted"].sum()));
        // The rows go to the nearest centroid of their new embeddings.
        var nearest = stage.Method.NearestClusters(stage.Method.Embed(AutoencoderStage.Batch));
        Assert.AreEqual(resets || reclusters, TestTensors.Values(phase.State()["_labels"]).SequenceEqual(TestTensors.Values(nearest)));
    }

    [TestMethod]
    [DataRow(-0.1)]
    [DataRow(1.01)]
    [DataRow(double.NaN)]
    public void Validate_WrongRate_NamesTheOption(double rate)
    {
        var faults = new OptionFaults();
        new DcnOptions { CentroidRate = rate }.Validate(faults);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => faults.ThrowIfAny("a method")).Message, "0 to 1, or null");
    }

    [TestMethod]
    public void Fit_WithARateWhereClustersDie_GivesThoseThatAreLeft()
    {
        var options = (DcnOptions)TestMethods.Options("Dcn", epochs: 6);
        (options.NumberOfClusters, options.CentroidRate, options.Unseen, options.BatchSize) = (8, 0.2, new() { DeathThreshold = 0.95 }, 16);
        using var model = TestMethods.Trainer(_ml, options).Fit(TestVectors.View(_ml, TestVectors.Make(Rows, 6), 6));
        var left = (int)model.History.BestRun.Epochs[^1].Quantities!["clusters"];
        Assert.IsLessThan(8, left);
        TestVectors.AreSound(TestRows.Scored(_ml, model.Transform(TestVectors.View(_ml, TestVectors.Make(Rows, 6), 6))), left, model.EmbeddingSize);
    }

    // Elsewhere than the means that k-means has found.
    private static void Displace(Tensor centroids)
    {
        using var gradientsOff = no_grad();
        centroids.Add(TestTensors.Noise(3, centroids.shape[1]).to(ScalarType.Float32));
    }

    private static AutoencoderStage Stage(double? rate, int batch = 256) => new(new DcnOptions { CentroidRate = rate, BatchSize = batch });

    private static TrainingPhase Started(AutoencoderStage stage)
    {
        var phase = stage.Method.Phases(stage.Context).Single(p => p.Name == "clustering");
        phase.OnStart(stage.Context);
        return phase;
    }
}
