using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering.Tests.Training;

/// <summary>Which of several runs is kept.</summary>
[TestClass]
public sealed class RunSelectionTests
{
    // In the place of a failure: a run that has all rows in one cluster.
    private const string Collapsed = "one cluster";

    private readonly List<ClusteringMethod> _methods = [];

    [TestMethod]
    public void TakeBest_ThreeRunsThatAgree_TakesTheOneOfHighestAgreement()
    {
        using var runs = Runs(RunCriterion.Agreement, (3, null), (1, null), (2, null));
        Assert.HasCount(3, runs.Kept);
        AssertBest(2, runs, [0.5, 0.2, 0.9]);
        CollectionAssert.AreEqual(new[] { 0.5, 0.2, 0.9 }, runs.Records.Select(r => r.Agreement!.Value).ToArray());
    }

    [TestMethod]
    public void TakeBest_EqualAgreements_TakesTheLowestLoss()
    {
        using var runs = Runs(RunCriterion.Agreement, (3, null), (1, null), (2, null));
        AssertBest(1, runs, [0.9, 0.9, 0.9]);
    }

    [TestMethod]
    public void TakeBest_TwoRuns_TakesTheLowestLossAndMeasuresNoAgreement()
    {
        using var runs = Runs(RunCriterion.Agreement, (3, null), (1, null));
        AssertBest(1, runs, null);
        Assert.IsNull(runs.Records[0].Agreement);
    }

    [TestMethod]
    public void TakeBest_RunsThatEndedEarly_ComeAfterTheOthers()
    {
        using var ended = Runs(RunCriterion.Agreement, (1, "broke"), (3, null), (2, null));
        AssertBest(2, ended, null);
        using var all = Runs(RunCriterion.Agreement, (3, "broke"), (1, "broke"), (2, "broke"));
        AssertBest(1, all, null);
        using var four = Runs(RunCriterion.Agreement, (3, null), (1, "broke"), (4, null), (2, null));
        AssertBest(2, four, [0.1, 0.8, 0.3]);
        Assert.IsNull(four.Records[1].Agreement);
    }

    [TestMethod]
    public void Add_LowestLoss_FreesTheOthersAtOnce()
    {
        using var runs = Runs(RunCriterion.LowestLoss, (3, null), (1, null), (2, null), (0.5, "broke"));
        CollectionAssert.AreEqual(new[] { 1 }, runs.Kept.Keys.ToArray());
        CollectionAssert.AreEqual(new[] { true, false, true, true }, _methods.Select(IsFreed).ToArray());
        AssertBest(1, runs, null);
    }

    [TestMethod]
    public void TakeBest_RunsWithAllRowsInOneCluster_ComeLast()
    {
        // Their clusters agree with each other whatever the data.
        using var agreement = Runs(RunCriterion.Agreement, (3, null), (1, Collapsed), (2, Collapsed));
        AssertBest(0, agreement, null);
        using var four = Runs(RunCriterion.Agreement, (3, null), (1, Collapsed), (4, null), (2, null));
        AssertBest(2, four, [0.1, 0.8, 0.3]);
        using var loss = Runs(RunCriterion.LowestLoss, (1, Collapsed), (3, null), (2, Collapsed));
        AssertBest(1, loss, null);
        using var broken = Runs(RunCriterion.LowestLoss, (1, Collapsed), (3, "broke"));
        AssertBest(1, broken, null);
        using var all = Runs(RunCriterion.Agreement, (3, Collapsed), (1, Collapsed), (2, Collapsed));
        AssertBest(1, all, null);
    }

    [TestMethod]
    public void TakeBest_NoRunGaveAModel_IsNull()
    {
        using var runs = Runs(RunCriterion.Agreement, (double.NaN, "broke"));
        Assert.IsNull(runs.TakeBest(_ => throw new InvalidOperationException("Nothing agrees.")));
        Assert.IsTrue(IsFreed(_methods[0]));
    }

    // A loss of NaN is a run without a model.
    private RunSelection Runs(RunCriterion criterion, params (double Loss, string? Failure)[] runs)
    {
        _methods.Clear();
        var selection = new RunSelection(criterion);
        foreach (var (loss, failure) in runs)
        {
            var method = new ToyOptions { NumberOfClusters = 2 }.CreateMethod(new InputShape([3]));
            _methods.Add(method);
            var hasCollapsed = failure == Collapsed;
            EpochRecord[] epochs = [new("clustering", 1, new Dictionary<string, double>(), loss, null, 0) { HasCollapsed = hasCollapsed }];
            selection.Add(new RunRecord(1, loss, double.IsNaN(loss) ? 0 : 1, epochs, hasCollapsed ? null : failure), method);
        }

        return selection;
    }

    private void AssertBest(int index, RunSelection runs, double[]? agreements)
    {
        var best = runs.TakeBest(_ => agreements ?? throw new InvalidOperationException("Agreement was not to be measured."));
        Assert.AreEqual(index, best!.Value.Index);
        Assert.AreSame(_methods[index], best.Value.Method);
        for (var i = 0; i < _methods.Count; i++)
            Assert.AreEqual(i != index, IsFreed(_methods[i]), $"run {i}");
        best.Value.Method.Dispose();
    }

    private static bool IsFreed(ClusteringMethod method) => method.parameters().All(p => p.IsInvalid);
}
