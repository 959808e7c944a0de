using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Methods.Unseen;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

/// <summary>Clusters that must not die, or must: after the breaks of BRB, without any row, at the end.</summary>
[TestClass]
public sealed class UnseenBreaksTests
{
    private const int Size = 6;

    private static readonly int[] Sizes = [200, 60, 20, 10];

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow("Dec")]
    [DataRow("Dcn")]
    [DataRow("DeepKMeans")]
    public void Fit_BreaksThatGiveClustersOtherNumbers_LetNoneDie(string method)
    {
        var log = new List<string>();
        _ml.Log += (_, e) => log.Add(e.Message);
        using var model = TestMethods.Trainer(_ml, Options(method)).Fit(Clear());
        var assigned = _ml.Clustering.EvaluateDeepClustering(model.Transform(Clear())).ClusterSizes;
        CollectionAssert.AreEqual(Sizes.Select(s => (long)s).Order().ToArray(), assigned.Select(s => (long)s).Order().ToArray());
        Assert.HasCount(5, log.Where(m => m.Contains("Break before epoch", StringComparison.Ordinal)).ToArray());
    }

    [TestMethod]
    [DataRow("Dec", false, "Brb.Reclusters")]
    [DataRow("DeepKMeans", false, "Brb.Reclusters")]
    [DataRow("DeepKMeans", true, "Reinitialization")]
    public void Fit_FixedCentroidsBesideAnOptionThatMovesThem_IsRefused(string method, bool reinitializes, string option)
    {
        var options = Options(method);
        options.GetType().GetProperty("Unseen")!.SetValue(options, new UnseenOptions { FixesCentroids = true });
        if (options is DeepKMeansOptions soft && reinitializes)
            (soft.Reinitialization, soft.Brb) = (true, new() { Reclusters = false });
        var message = Assert.ThrowsExactly<ArgumentException>(() => TestMethods.Trainer(_ml, options).Fit(Clear())).Message;
        StringAssert.Contains(message, $"Unseen.FixesCentroids is True; it must be false where {option} places the centroids anew");
    }

    [TestMethod]
    [DataRow(0.5, true)]
    [DataRow(0.0, false)]
    public void Update_ClusterThatNeverHadARow_DiesUnlessNoneMay(double threshold, bool expected)
    {
        using var scope = NewDisposeScope();
        var alive = ones(4, dtype: ScalarType.Int64);
        using var dying = new DyingClusters(new() { DeathThreshold = threshold }, alive);
        dying.Start(Labels(0, 0, 1, 1, 3).DetachFromDisposeScope());
        Assert.AreEqual(expected, dying.Update(() => Labels(0, 0, 1, 1, 3), () => Labels(0, 0, 1, 1, 3), _ => { }));
        TestTensors.AreClose([1, 1, expected ? 0 : 1, 1], alive, 0);
        // It has died once, and nothing is left to die.
        Assert.IsFalse(dying.Update(() => Labels(0, 0, 1, 1, 3), () => throw new InvalidOperationException("nobody died"), _ => { }));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Finish_PlacesTheCentroidsAnewWhereClustersHaveDied(bool died)
    {
        using var scope = NewDisposeScope();
        using var stage = new AutoencoderStage(new DecOptions { Unseen = new() });
        using var gradientsOff = no_grad();
        stage.Method.Centroids.copy_(TestTensors.Noise(3, stage.Method.EmbeddingSize));
        if (died)
        {
            using var dying = stage.Method.CreateDyingClusters()!;
            dying.Start(Labels(0, 0, 1, 1, 2, 2).DetachFromDisposeScope());
            Assert.IsTrue(dying.Update(() => Labels(0, 0, 1, 1, 1, 1), () => Labels(0, 0, 1, 1, 1, 1), _ => { }));
        }

        var before = TestTensors.Values(stage.Method.Centroids);
        stage.Method.Finish(stage.Context);
        Assert.AreEqual(died, !before.SequenceEqual(TestTensors.Values(stage.Method.Centroids)));
    }

    [TestMethod]
    public void PreparationFor_RunsWhoseLossesDoNotCompare_SaysWhatDoes()
    {
        Assert.IsEmpty(Notes(new() { NumberOfClusters = 3, Unseen = new() }));
        Assert.IsEmpty(Notes(new() { NumberOfClusters = 3, Unseen = new(), NumberOfRuns = 3, RunCriterion = RunCriterion.Agreement }));
        Assert.IsEmpty(Notes(new() { NumberOfClusters = 3, NumberOfRuns = 3 }));
        StringAssert.Contains(Notes(new() { NumberOfClusters = 3, Unseen = new(), NumberOfRuns = 3 }).Single(), "losses of different numbers do not compare. Agreement");
        StringAssert.Contains(Notes(new() { NumberOfClusters = 2, Unseen = new() }).Single(), "none can die");

        static IReadOnlyList<string> Notes(DecOptions options) => options.PreparationFor(new InputShape([Size])).Notes;
    }

    private static AutoencoderFamilyOptions Options(string method)
    {
        var options = (AutoencoderFamilyOptions)TestMethods.Options(method, epochs: 12);
        (options.NumberOfClusters, options.EmbeddingSize, options.HiddenLayers, options.BatchSize) = (4, 4, [16, 8], 64);
        // Next to nothing moves after the pretraining.
        (options.PretrainingEpochs, options.PretrainingLearningRate, options.LearningRate, options.KMeansRestarts) = (100, 1e-3, 1e-6, 3);
        var unseen = new UnseenOptions { NeighborWeight = 0 };
        var brb = new BrbOptions { Interval = 2, ResetsEncoder = false, ResetsMomentum = false };
        switch (options)
        {
            case DecOptions dec: (dec.Unseen, dec.Brb, dec.LabelChangeTolerance) = (unseen, brb, 0); break;
            case DcnOptions dcn: (dcn.Unseen, dcn.Brb, dcn.FreshOptimizer) = (unseen, brb, true); break;
            case DeepKMeansOptions soft: (soft.Unseen, soft.Brb, soft.FreshOptimizer) = (unseen, brb, true); break;
        }

        return options;
    }

    // Four clear clusters of those sizes.
    private IDataView Clear()
    {
        var random = new Random(3);
        var rows = Sizes.SelectMany((size, kind) => Enumerable.Range(0, size).Select(_ => Enumerable.Range(0, Size).Select(d => (d == kind ? 1f : 0f) + ((float)random.NextDouble() * 0.02f) - 0.01f).ToArray()));
        return TestVectors.View(_ml, rows.ToArray(), Size);
    }

    private static Tensor Labels(params long[] labels) => tensor(labels);
}
