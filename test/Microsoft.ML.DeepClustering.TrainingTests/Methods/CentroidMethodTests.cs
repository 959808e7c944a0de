using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

/// <summary>What each centroid method does in training, seen in the trained models.</summary>
[TestClass]
public sealed class CentroidMethodTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly TestRow[] _rows = TestRows.Make(60, size: 30);

    [TestMethod]
    [DataRow(2, "pretraining pretraining clustering clustering")]
    [DataRow(0, "clustering clustering")]
    public void Fit_PretrainingEpochs_ComeBeforeTheOthers(int pretraining, string phases)
    {
        // AutoencoderKMeans is its pretraining alone.
        foreach (var options in Family().Where(o => o is not AutoencoderKMeansOptions))
        {
            options.PretrainingEpochs = pretraining;
            // Not before the last epoch.
            if (options is DynamicAutoencoderOptions dynamic)
                dynamic.ConflictTolerance = 0;
            using var model = Fit(options);
            Assert.AreEqual(phases, string.Join(" ", model.History.BestRun.Epochs.Select(e => e.Phase)), options.MethodName);
        }
    }

    [TestMethod]
    public void Fit_NamedLosses_AreThoseOfTheMethod()
    {
        (DeepClusteringOptions Options, string Losses)[] expected =
        [
            (Make<AutoencoderKMeansOptions>(), "reconstruction"),
            (Make<DecOptions>(), "clustering"),
            (Make<IdecOptions>(), "clustering reconstruction"),
            (Make<DecUcoOptions>(), "clustering companion/1 companion/2"),
            (Make<DcnOptions>(), "reconstruction clustering"),
            (Make<DeepKMeansOptions>(), "reconstruction clustering"),
            (Make<CenteringOptions>(), "reconstruction clustering"),
            (Make<DynamicAutoencoderOptions>(), "clustering reconstruction"),
            (Make<DepictOptions>(), "reconstruction reconstruction/1 reconstruction/2 reconstruction/3 clustering"),
            (Make<VadeOptions>(), "reconstruction clustering"),
            (Make<DdcOptions>(), "separation orthogonality corners"),
            (Make<DdcUcoOptions>(), "separation orthogonality corners companion/1 companion/2"),
            (Make<DdcAutoencoderOptions>(), "separation orthogonality corners reconstruction"),
        ];
        CollectionAssert.AreEquivalent(MethodNames.OptionTypes.Keys.ToArray(), expected.Select(e => e.Options.MethodName).ToArray());
        foreach (var (options, losses) in expected)
        {
            using var model = Fit(options);
            Assert.AreEqual(losses, string.Join(" ", model.History.BestRun.Epochs[^1].Losses.Keys), options.MethodName);
        }
    }

    [TestMethod]
    public void Dec_AfterPretraining_TrainsTheEncoderAlone()
    {
        var (shorter, longer) = (Make<DecOptions>(o => o.NumberOfEpochs = 1), Make<DecOptions>(o => o.NumberOfEpochs = 3));
        using var first = Fit(shorter);
        using var second = Fit(longer);
        Assert.IsTrue(Same(first, second, "autoencoder.decoder"));
        Assert.IsTrue(Same(first, second, "autoencoder.expansion"));
        Assert.IsFalse(Same(first, second, "autoencoder.encoder"));
        Assert.IsFalse(Same(first, second, "centroids"));
    }

    [TestMethod]
    public void Idec_MomentumAfterPretraining_LowersTheLossInAnotherWayThanAdam()
    {
        var (momentum, adam) = (Losses(OptimizerKind.Momentum, 0.05), Losses(OptimizerKind.Adam, 0.05));
        Assert.IsLessThan(momentum[0], momentum[^1]);
        Assert.AreEqual(momentum[0], Losses(OptimizerKind.Momentum, 0.05)[0]);
        Assert.AreNotEqual(adam[0], momentum[0]);

        double[] Losses(OptimizerKind kind, double rate)
        {
            using var model = Fit(Make<IdecOptions>(o => (o.Optimizer, o.LearningRate, o.NumberOfEpochs, o.LabelChangeTolerance) = (kind, rate, 20, 0)));
            return [.. model.History.BestRun.Epochs.Where(e => e.Phase == "clustering").Select(e => e.TotalLoss)];
        }
    }

    [TestMethod]
    [DataRow(UpdateUnit.Iterations, 3, 2)]
    [DataRow(UpdateUnit.Iterations, 7, 3)]
    [DataRow(UpdateUnit.Epochs, 1, 2)]
    [DataRow(UpdateUnit.Epochs, 3, 4)]
    public void Dec_FewLabelsChange_EndsWithTheEpochOfThatRefresh(UpdateUnit unit, int interval, int epochs)
    {
        // 60 rows are 3 batches of 20 an epoch. Any share of changed labels is below a tolerance of 1.
        using var model = Fit(Make<DecOptions>(o => (o.NumberOfEpochs, o.UpdateUnit, o.UpdateInterval, o.LabelChangeTolerance) = (9, unit, interval, 1)));
        Assert.AreEqual(epochs, model.History.BestRun.Epochs.Count(e => e.Phase == "clustering"));
    }

    [TestMethod]
    public void Dec_FewLabelsChange_SaysSo()
    {
        var lines = new List<string>();
        _ml.Log += (_, e) => lines.Add(e.Message);
        using var model = Fit(Make<DecOptions>(o => (o.NumberOfEpochs, o.UpdateInterval, o.LabelChangeTolerance) = (9, 3, 1)));
        Assert.HasCount(1, lines.Where(l => l.Contains("of 60 rows have changed their cluster", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Dec_FewLabelsChangeAtOneOfSeveralUpdates_EndsWithThatEpoch()
    {
        var lines = new List<string>();
        _ml.Log += (_, e) => lines.Add(e.RawMessage);
        // Three updates an epoch; some of them are after a step that changes a few labels, some after one that changes none.
        using var model = Fit(Make<DecOptions>(o => (o.NumberOfEpochs, o.UpdateInterval, o.LabelChangeTolerance, o.LearningRate) = (40, 1, 1.0 / 60, 1e-2)));
        var epochs = model.History.BestRun.Epochs.Count(e => e.Phase == "clustering");
        var said = lines.FindIndex(l => l.Contains("training ends with this epoch", StringComparison.Ordinal));
        Assert.IsGreaterThanOrEqualTo(0, said);
        Assert.HasCount(1, lines.Where(l => l.Contains("training ends with this epoch", StringComparison.Ordinal)));
        Assert.HasCount(1, lines.Skip(said).Where(l => l.StartsWith("clustering epoch ", StringComparison.Ordinal)), string.Join("\n", lines));
        Assert.IsLessThan(40, epochs);
    }

    [TestMethod]
    [DataRow(0, true)]
    [DataRow(60, false)]
    public void Dec_RowsThatBelongToNoCluster_AreSpokenOf(int pretraining, bool expected)
    {
        var lines = new List<string>();
        _ml.Log += (_, e) => lines.Add(e.Message);
        // Random weights leave the rows close together, and the probabilities near 1/k.
        using var model = Fit(Make<DecOptions>(o => (o.PretrainingEpochs, o.NumberOfEpochs, o.LearningRate, o.LabelChangeTolerance) = (pretraining, 30, 1e-3, 0)));
        Assert.HasCount(expected ? 1 : 0, lines.Where(l => l.Contains("the clustering loss has hardly acted. Raise LearningRate", StringComparison.Ordinal)), string.Join('\n', lines));
    }

    [TestMethod]
    public void Dec_NoTolerance_NeverEndsEarly()
    {
        using var model = Fit(Make<DecOptions>(o => (o.NumberOfEpochs, o.UpdateInterval, o.LabelChangeTolerance) = (9, 1, 0)));
        Assert.AreEqual(9, model.History.BestRun.Epochs.Count(e => e.Phase == "clustering"));
    }

    [TestMethod]
    public void Dec_BatchTarget_IsThatOfAllRowsWhereTheBatchHasThemAll()
    {
        using var batch = Fit(Options(true, 1));
        using var all = Fit(Options(false, 1));
        using var stale = Fit(Options(false, 1000));
        Assert.AreEqual(Loss(all), Loss(batch), 1e-5 * Loss(all));
        Assert.AreNotEqual(Loss(stale), Loss(batch), 1e-3 * Loss(stale));
        // Adam makes steps of its rate of gradients that are rounding, so that a few weights differ by more than that.
        Assert.IsLessThan(1e-3 * Differences(batch, stale, "autoencoder.encoder").Average(), Differences(batch, all, "autoencoder.encoder").Average());

        static double Loss(DeepClusteringTransformer model) => model.History.BestRun.Epochs[^1].TotalLoss;
        static DecOptions Options(bool batchTarget, int interval) => Make<DecOptions>(o =>
        {
            (o.BatchSize, o.NumberOfEpochs, o.LearningRate) = (60, 10, 1e-3);
            (o.BatchTarget, o.UpdateInterval, o.LabelChangeTolerance) = (batchTarget, interval, 0);
        });
    }

    [TestMethod]
    public void Dec_BatchTargetOfSmallBatches_IsTheirOwn()
    {
        using var own = Fit(Make<DecOptions>(o => (o.BatchSize, o.BatchTarget) = (10, true)));
        using var all = Fit(Make<DecOptions>(o => (o.BatchSize, o.BatchTarget) = (10, false)));
        Assert.IsFalse(Same(own, all, "autoencoder.encoder", 1e-6));
    }

    [TestMethod]
    public void Idec_BothWaysToWeigh_AreTheSameUpToAFactor()
    {
        using var paper = Fit(Make<IdecOptions>(o => (o.ClusteringWeight, o.ReconstructionWeight) = (0.1, 1)));
        using var code = Fit(Make<IdecOptions>(o => (o.ClusteringWeight, o.ReconstructionWeight) = (1, 10)));
        Assert.AreEqual(10 * paper.History.BestRun.LowestLoss, code.History.BestRun.LowestLoss, 1e-3 * code.History.BestRun.LowestLoss);
    }

    [TestMethod]
    public void AutoencoderKMeans_Centroids_AreTheMeansOfTheirRows() => Assert.IsLessThan(1e-4, DistanceToMeans(Make<AutoencoderKMeansOptions>()));

    [TestMethod]
    public void Reinitialization_AfterEveryEpoch_LeavesTheMeans()
    {
        Assert.IsLessThan(1e-4, DistanceToMeans(Make<CenteringOptions>()));
        Assert.IsGreaterThan(1e-3, DistanceToMeans(Make<CenteringOptions>(o => o.Reinitialization = false)));
        Assert.IsLessThan(1e-4, DistanceToMeans(Make<DeepKMeansOptions>(o => o.Reinitialization = true)));
        Assert.IsGreaterThan(1e-3, DistanceToMeans(Make<DeepKMeansOptions>()));
    }

    [TestMethod]
    public void Centering_WithoutReinitialization_KeepsTheCentroidsOfKMeans()
    {
        using var shorter = Fit(Make<CenteringOptions>(o => (o.Reinitialization, o.NumberOfEpochs) = (false, 1)));
        using var longer = Fit(Make<CenteringOptions>(o => (o.Reinitialization, o.NumberOfEpochs) = (false, 4)));
        Assert.IsTrue(Same(shorter, longer, "centroids"));
        Assert.IsFalse(Same(shorter, longer, "autoencoder.encoder"));
    }

    [TestMethod]
    public void CentroidInitialization_Uniform_StartsWithinOne()
    {
        // Steps of Adam are about as long as the learning rate: the centroids have hardly moved.
        using var model = Fit(Make<DeepKMeansOptions>(o => (o.PretrainingEpochs, o.CentroidInitialization, o.LearningRate) = (0, CentroidInitialization.Uniform, 1e-6)));
        var centroids = TestTensors.Values(model.Trained.Method.state_dict()["centroids"]);
        Assert.IsTrue(centroids.All(c => Math.Abs(c) < 1.001));
        Assert.IsGreaterThan(0.5, centroids.Max() - centroids.Min());
    }

    [TestMethod]
    public void LearningRate_AfterPretraining_IsItsOwn()
    {
        // Those that pretrain at LearningRate unless they are told otherwise; AutoencoderKMeans does nothing else.
        foreach (var options in Family().Where(o => o.PretrainingLearningRate is null && o is not AutoencoderKMeansOptions))
        {
            // So small a rate moves nothing that can be seen: what the method has is what pretraining has left.
            (options.PretrainingLearningRate, options.LearningRate) = (1e-3, 1e-30);
            var pretrained = Make<AutoencoderKMeansOptions>(o => (o.EmbeddingSize, o.LearningRate) = (options.EmbeddingSize, 1e-3));
            using var model = Fit(options);
            using var expected = Fit(pretrained);
            Assert.IsTrue(Same(model, expected, "autoencoder.", tolerance: 1e-12), options.MethodName);
            options.LearningRate = 1e-3;
            using var trained = Fit(options);
            Assert.IsFalse(Same(model, trained, "autoencoder.encoder"), options.MethodName);
        }
    }

    [TestMethod]
    public void Fit_SeparableData_EveryCentroidMethodFindsTheClasses()
    {
        foreach (var options in Family())
        {
            options.PretrainingEpochs = 20;
            // The spread of its embeddings begins at random.
            if (options is VadeOptions)
                options.NumberOfEpochs = 20;
            using var model = Fit(options);
            Assert.AreEqual(1, _ml.Clustering.EvaluateDeepClustering(model.Transform(View()), "Label").Accuracy, options.MethodName);
        }
    }

    // The largest distance of a centroid from the mean of the embeddings that it is nearest to.
    private double DistanceToMeans(DeepClusteringOptions options)
    {
        using var model = Fit(options);
        var scored = TestRows.Scored(_ml, model.Transform(View()));
        var centroids = TestTensors.Values(model.Trained.Method.state_dict()["centroids"]);
        var size = model.EmbeddingSize;
        return scored.GroupBy(r => r.PredictedLabel).Max(cluster => Enumerable.Range(0, size).Max(
            j => Math.Abs(cluster.Average(r => r.Embedding[j]) - centroids[((int)cluster.Key - 1) * size + j])));
    }

    private static bool Same(DeepClusteringTransformer first, DeepClusteringTransformer second, string prefix, double tolerance = 0) => Differences(first, second, prefix).All(d => d <= tolerance);

    private static IEnumerable<double> Differences(DeepClusteringTransformer first, DeepClusteringTransformer second, string prefix)
    {
        var (a, b) = (Weights(first), Weights(second));
        Assert.IsGreaterThan(0, a.Count);
        return a.SelectMany(w => w.Value.Zip(b[w.Key], (x, y) => Math.Abs(x - y)));

        Dictionary<string, double[]> Weights(DeepClusteringTransformer model) => model.Trained.Method.state_dict()
            .Where(w => w.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(w => w.Key, w => TestTensors.Values(w.Value));
    }

    private IDataView View() => TestRows.View(_ml, _rows, images: false);

    private DeepClusteringTransformer Fit(DeepClusteringOptions options) => TestMethods.Trainer(_ml, options).Fit(View());

    private static IEnumerable<AutoencoderFamilyOptions> Family() => MethodNames.OptionTypes.Keys.Select(name => TestMethods.Options(name)).OfType<AutoencoderFamilyOptions>();

    private static T Make<T>(Action<T>? change = null)
        where T : DeepClusteringOptions
    {
        var options = (T)TestMethods.Options(DeepClusteringOptions.NameOf(typeof(T)));
        change?.Invoke(options);
        return options;
    }
}
