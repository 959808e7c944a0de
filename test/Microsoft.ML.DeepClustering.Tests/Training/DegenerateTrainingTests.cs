using Microsoft.ML.DeepClustering.Scoring;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Training;

/// <summary>Trainings that go wrong: they are noticed, named, and what was good before is kept.</summary>
[TestClass]
public sealed class DegenerateTrainingTests
{
    private readonly List<string> _warnings = [];

    public static IEnumerable<object[]> Methods => TestMethods.All;

    [TestMethod]
    public void Train_LossBecomesNaN_KeepsTheEpochBefore()
    {
        using var model = Train(NaNFrom(4), runs: 1);
        var run = model.History.BestRun;
        Assert.AreEqual(3, run.BestEpoch);
        Assert.HasCount(4, run.Epochs);
        Assert.AreEqual(run.Epochs[2].TotalLoss, run.LowestLoss);
        StringAssert.Contains(run.Failure!, "the loss became NaN in epoch 4 of toy (terms: distance)");
        StringAssert.Contains(Warnings, "Run 1 of 1 ended early: the loss became NaN in epoch 4 of toy (terms: distance); the weights after epoch 3 of toy are kept.");
        Assert.IsTrue(model.Method.state_dict()["centres"].isfinite().all().item<bool>());
    }

    [TestMethod]
    public void Train_LossBecomesNaN_ReportsNoProgressOfThatEpoch()
    {
        var completed = new List<int>();
        var options = ToyTraining.Options();
        (options.OnEpochStart, options.Progress) = (NaNFrom(3), new Reporter(p =>
        {
            if (p.Completed is { } record)
                completed.Add(record.Epoch);
        }));
        ToyTraining.Train(options, _warnings).Dispose();
        CollectionAssert.AreEqual(new[] { 1, 2 }, completed);
    }

    [TestMethod]
    public void Train_LossIsNaNAtOnce_GivesNoModelAndSaysWhy()
    {
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Train(NaNFrom(1), runs: 2));
        StringAssert.Contains(error.Message, "Training gave no model: the loss became NaN in epoch 1 of toy");
        StringAssert.Contains(Warnings, "Run 2 of 2 ended early: the loss became NaN in epoch 1 of toy (terms: distance); it gave no model.");
    }

    [TestMethod]
    public void Train_OneOfTwoRunsEndsEarly_KeepsTheOther()
    {
        var starts = 0;
        using var model = Train(
            (epoch, centres) =>
            {
                if (epoch == 1)
                    starts++;
                if (starts == 1 && epoch == 4)
                    centres.SetTo(double.NaN);
                // A lower loss than the run that is broken off.
                if (starts == 2)
                    centres.copy_(centres.Times(1.5));
            },
            runs: 2);
        Assert.AreEqual(1, model.History.BestRunIndex);
        Assert.IsGreaterThan(model.History.Runs[0].LowestLoss, model.History.BestRun.LowestLoss);
    }

    [TestMethod]
    public void Train_AllRowsComeIntoOneCluster_KeepsTheEpochBeforeAndSaysSo()
    {
        using var model = Train(
            (epoch, centres) =>
            {
                if (epoch >= 3)
                    centres.narrow(0, 1, 2).SetTo(1000);
            },
            runs: 1);
        var run = model.History.BestRun;
        CollectionAssert.AreEqual(new[] { false, false, true, true, true }, run.Epochs.Select(e => e.HasCollapsed).ToArray());
        Assert.AreEqual(2, run.BestEpoch);
        Assert.HasCount(1, _warnings);
        StringAssert.Contains(Warnings, "After epoch 3 of toy all 60 rows are in one of the 3 clusters.");
    }

    [TestMethod]
    public void Train_CollapsedFromTheStart_SaysInWhichClusterTheRowsAre()
    {
        using var model = Train((_, centres) => centres.narrow(0, 0, 2).SetTo(1000), runs: 1);
        Assert.AreEqual(5, model.History.BestRun.BestEpoch);
        StringAssert.Contains(Warnings, "All 60 rows are in cluster 3 of 3: the training has collapsed.");
    }

    [TestMethod]
    public void Train_EmptyCluster_IsNamedWithTheSizes()
    {
        using var model = Train((_, centres) => centres.narrow(0, 2, 1).SetTo(1000), runs: 1);
        StringAssert.Contains(Warnings, "1 of 3 clusters have no training row (sizes: ");
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_LearningRateFarTooHigh_GivesAModelOrSaysWhatToDo(string method, bool images)
    {
        var ml = new MLContext(1);
        var options = TestMethods.Options(method);
        options.LearningRate = 1e30;
        var view = TestRows.View(ml, Trainings.MakeRows(images), images);
        try
        {
            using var model = TestMethods.Trainer(ml, options).Fit(view);
            Assert.IsTrue(TestRows.Scored(ml, model.Transform(view)).All(r => r.Score.Concat(r.Embedding).All(float.IsFinite)));
        }
        catch (InvalidOperationException e)
        {
            StringAssert.Contains(e.Message, "Training gave no model:");
            StringAssert.Contains(e.Message, "LearningRate is 1E+30; lower it");
        }
    }

    private string Warnings => string.Join('\n', _warnings);

    private TrainedModel Train(Action<int, Tensor> onEpochStart, int runs)
    {
        var options = ToyTraining.Options();
        (options.OnEpochStart, options.NumberOfRuns) = (onEpochStart, runs);
        return ToyTraining.Train(options, _warnings);
    }

    private static Action<int, Tensor> NaNFrom(int first) => (epoch, centres) =>
    {
        if (epoch >= first)
            centres.SetTo(double.NaN);
    };
}
