using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Metrics.Partition;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Training;

[TestClass]
public sealed class TrainingTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Fit_SeparableData_FindsTheClasses()
    {
        using var model = Train(o => (o.NumberOfEpochs, o.NumberOfRuns) = (20, 3));
        var metrics = _ml.Clustering.EvaluateDeepClustering(model.Transform(View()), "Label");
        Assert.IsGreaterThan(0.95, metrics.Accuracy);
    }

    [TestMethod]
    public void Fit_SeveralRuns_KeepsTheOneOfLowestLossAndReportsAll()
    {
        using var model = Train(o => (o.NumberOfRuns, o.Seed) = (3, 11));
        CollectionAssert.AreEqual(new[] { 11, 12, 13 }, model.History.Runs.Select(r => r.Seed).ToArray());
        Assert.AreEqual(model.History.Runs.Min(r => r.LowestLoss), model.History.BestRun.LowestLoss);
        using var alone = Train(o => o.Seed = model.History.BestRun.Seed);
        CollectionAssert.AreEqual(Weights(alone), Weights(model));
    }

    [TestMethod]
    public void Fit_SeveralRuns_KeepsTheOneThatAgreesMostWithTheOthers()
    {
        var lines = new List<string>();
        _ml.Log += (_, e) => lines.Add(e.RawMessage);
        using var model = Train(o => (o.NumberOfEpochs, o.NumberOfRuns, o.RunCriterion, o.Seed) = (1, 7, RunCriterion.Agreement, 11));
        // Runs with all rows in one cluster are not compared.
        var (apart, collapsed) = (model.History.Runs.Where(r => !r.Epochs[0].HasCollapsed).ToArray(), model.History.Runs.Where(r => r.Epochs[0].HasCollapsed).ToArray());
        Assert.IsGreaterThanOrEqualTo(3, apart.Length);
        Assert.IsTrue(collapsed.All(r => r.Agreement is null));
        var partitions = apart.Select(r => Clusters(r.Seed)).ToArray();
        var expected = PartitionAgreement.MeansWithOthers(partitions, TestRows.Clusters);
        CollectionAssert.AreEqual(expected, apart.Select(r => r.Agreement!.Value).ToArray());
        Assert.IsGreaterThan(expected.Min(), expected.Max());
        Assert.AreEqual(expected.Max(), model.History.BestRun.Agreement);
        using var alone = Train(o => (o.NumberOfEpochs, o.Seed) = (1, model.History.BestRun.Seed));
        CollectionAssert.AreEqual(Weights(alone), Weights(model));
        Assert.ContainsSingle(l => l.StartsWith($"Run {model.History.BestRunIndex + 1} of 7 is kept: its clusters agree most", StringComparison.Ordinal), lines);

        int[] Clusters(int seed)
        {
            using var trained = Train(o => (o.NumberOfEpochs, o.Seed) = (1, seed));
            return [.. trained.Transform(View()).GetColumn<uint>("PredictedLabel").Select(key => (int)key - 1)];
        }
    }

    [TestMethod]
    public void Fit_AllEpochsEvaluated_KeepsTheWeightsOfTheBest()
    {
        using var model = Train(o => (o.NumberOfEpochs, o.EvaluationInterval, o.LearningRate) = (12, 1, 0.05));
        var run = model.History.BestRun;
        Assert.AreEqual(run.Epochs.Min(e => e.EvaluationLoss), run.LowestLoss);
        Assert.AreEqual(run.LowestLoss, run.Epochs[run.BestEpoch - 1].EvaluationLoss);
        using var shorter = Train(o => (o.NumberOfEpochs, o.EvaluationInterval, o.LearningRate) = (run.BestEpoch, 1, 0.05));
        CollectionAssert.AreEqual(Weights(shorter), Weights(model));
    }

    [TestMethod]
    public void Fit_EvaluationInterval_EvaluatesTheseEpochsAndTheLast()
    {
        using var model = Train(o => (o.NumberOfEpochs, o.EvaluationInterval) = (7, 3));
        CollectionAssert.AreEqual(
            new[] { 3, 6, 7 }, model.History.BestRun.Epochs.Where(e => e.EvaluationLoss != null).Select(e => e.Epoch).ToArray());
    }

    [TestMethod]
    public void Fit_Progress_ReportsEachBatchAndEpoch()
    {
        var reports = new List<TrainingProgress>();
        using var model = Train(o => o.Progress = new Reporter(reports.Add));
        Assert.HasCount(8, reports);
        Assert.AreEqual(new TrainingProgress(1, 1, "clustering", 1, 2, 1, 3, null), reports[0]);
        Assert.AreEqual(model.History.BestRun.Epochs[1], reports[^1].Completed);
    }

    [TestMethod]
    public void Fit_Log_HasALineAnEpochWithEveryLoss()
    {
        var lines = new List<string>();
        _ml.Log += (_, e) => lines.Add(e.Message);
        using var model = Train(_ => { });
        var epochs = lines.Where(l => l.Contains(" epoch ", StringComparison.Ordinal)).ToArray();
        Assert.HasCount(2, epochs);
        foreach (var part in new[] { "epoch 2/2", "total", "separation", "orthogonality", "corners", "companion/1", "companion/2", "evaluated total" })
            StringAssert.Contains(epochs[1], part);
    }

    [TestMethod]
    public void Fit_SmallImages_AreEnlargedAndTheLogSaysSo()
    {
        var lines = new List<string>();
        _ml.Log += (_, e) => lines.Add(e.Message);
        var view = _ml.Data.LoadFromEnumerable(TestRows.Make(30, size: 64), TestRows.Schema(1, 8, 8));
        using var model = Train(_ => { }, view);
        Assert.IsTrue(lines.Any(l => l.Contains("8 x 8", StringComparison.Ordinal) && l.Contains("32 x 32", StringComparison.Ordinal)));
        Assert.AreEqual(30, TestRows.Scored(_ml, model.Transform(view)).Length);
    }

    [TestMethod]
    public void Fit_AllRowsEqual_SaysThatTheTrainingHasCollapsed()
    {
        var lines = new List<string>();
        _ml.Log += (_, e) => lines.Add(e.Message);
        var rows = TestRows.Make(40);
        foreach (var row in rows)
            row.Features = rows[0].Features;
        using var model = Train(_ => { }, TestRows.View(_ml, rows, images: true));
        Assert.IsTrue(lines.Any(l => l.Contains("All 40 rows are in cluster", StringComparison.Ordinal) && l.Contains("Warning", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Fit_NumberOfThreads_IsGivenBack()
    {
        var before = TorchSharp.torch.get_num_threads();
        using var model = Train(o => o.NumberOfThreads = before + 1);
        Assert.AreEqual(before, TorchSharp.torch.get_num_threads());
    }

    [TestMethod]
    public void Fit_GpuAskedForWithoutOne_FallsBackOrSaysSo()
    {
        if (TorchSharp.torch.cuda.is_available())
            Assert.Inconclusive("This machine has a GPU; what is told without one cannot be seen here.");
        _ml.GpuDeviceId = 0;
        _ml.FallbackToCpu = true;
        using var model = Train(_ => { });
        Assert.AreEqual(2, model.History.BestRun.Epochs.Count);
        _ml.FallbackToCpu = false;
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Train(_ => { }));
        StringAssert.Contains(error.Message, "GpuDeviceId is 0");
    }

    private IDataView View() => TestRows.View(_ml, TestRows.Make(60), images: true);

    private DeepClusteringTransformer Train(Action<DdcUcoOptions> change, IDataView? view = null)
    {
        var options = (DdcUcoOptions)TestMethods.Options("DdcUco");
        options.LearningRate = 1e-3;
        change(options);
        return _ml.Clustering.Trainers.DdcUco(options).Fit(view ?? View());
    }

    private static byte[] Weights(DeepClusteringTransformer model) => SafeTensors.Write(model.Trained.Method.state_dict());
}
