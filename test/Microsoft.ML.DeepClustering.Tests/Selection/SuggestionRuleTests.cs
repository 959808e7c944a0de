using Microsoft.ML.DeepClustering.Selection;

namespace Microsoft.ML.DeepClustering.Tests.Selection;

[TestClass]
public sealed class SuggestionRuleTests
{
    [TestMethod]
    public void Choose_AllStable_TakesTheHighestSilhouette()
    {
        var (number, reason) = SuggestionRule.Choose([Result(2, 0.4, 1), Result(3, 0.7, 0.95), Result(4, 0.5, 0.92)]);
        Assert.AreEqual(3, number);
        Assert.AreEqual("3 clusters have the highest product of silhouette, 0.70, and stability, 0.95.", reason);
    }

    [TestMethod]
    public void Choose_HighestSilhouetteUnstable_TakesAnotherAndSaysSo()
    {
        var (number, reason) = SuggestionRule.Choose([Result(2, 0.82, 0.33), Result(3, 0.8, 0.96), Result(4, 0.7, 0.9), Result(5, 0.3, 1)]);
        Assert.AreEqual(3, number);
        Assert.AreEqual(
            "3 clusters have the highest product of silhouette, 0.80, and stability, 0.96. "
            + "2 clusters have a higher silhouette, 0.82, but seeds agree less on them: stability 0.33.",
            reason);
    }

    [TestMethod]
    [DataRow(0.81, 2)]
    [DataRow(0.79, 3)]
    public void Choose_SilhouetteAndStabilityDisagree_GoesByTheirProduct(double stability, int expected)
        => Assert.AreEqual(expected, SuggestionRule.Choose([Result(2, 0.5, stability), Result(3, 0.4, 1), Result(4, 0.1, 1)]).NumberOfClusters);

    [TestMethod]
    public void Choose_NegativeSilhouettes_GainNothingByInstability()
        => Assert.AreEqual(2, SuggestionRule.Choose([Result(2, -0.1, 1), Result(3, -0.2, 0.1), Result(4, -0.2, -0.1)]).NumberOfClusters);

    [TestMethod]
    public void Choose_AgreementBelowChance_CountsAsNone()
        => Assert.AreEqual(3, SuggestionRule.Choose([Result(2, -0.5, -0.2), Result(3, 0.4, -0.05), Result(4, 0.3, -0.04)]).NumberOfClusters);

    [TestMethod]
    public void Choose_OneSeed_GoesBySilhouetteAlone()
    {
        var (number, reason) = SuggestionRule.Choose([Result(2, 0.6, double.NaN, seeds: 1), Result(3, 0.5, double.NaN, seeds: 1)]);
        Assert.AreEqual(2, number);
        Assert.AreEqual("2 clusters have the highest silhouette, 0.60; with one seed nothing is known of their stability.", reason);
    }

    [TestMethod]
    public void Choose_EqualProducts_TakesTheSmallerNumber()
        => Assert.AreEqual(3, SuggestionRule.Choose([Result(2, 0.4, 1), Result(3, 0.6, 1), Result(4, 0.6, 1), Result(5, 0.6, 1)]).NumberOfClusters);

    [TestMethod]
    [DataRow(1, 3)]
    [DataRow(2, 2)]
    [DataRow(3, 2)]
    public void Choose_TrainingsWithEmptyClusters_CountAgainstTheNumberWhenTheyAreMost(int withEmpty, int expected)
        => Assert.AreEqual(expected, SuggestionRule.Choose([Result(2, 0.4, 1), Result(3, 0.9, 1, empty: withEmpty), Result(4, 0.3, 1)]).NumberOfClusters);

    [TestMethod]
    [DataRow(1, 3)]
    [DataRow(2, 2)]
    [DataRow(3, 2)]
    public void Choose_FailedTrainings_CountAgainstTheNumberWhenTheyAreMost(int failed, int expected)
        => Assert.AreEqual(expected, SuggestionRule.Choose([Result(2, 0.4, 1), Result(3, 0.9, 1, failed: failed), Result(4, 0.3, 1)]).NumberOfClusters);

    [TestMethod]
    public void Choose_HalfOfTheTrainingsFailed_CountsAgainstTheNumber()
        => Assert.AreEqual(2, SuggestionRule.Choose([Result(2, 0.4, 1, seeds: 2), Result(3, 0.9, double.NaN, failed: 1, seeds: 2), Result(4, 0.3, 1, seeds: 2)]).NumberOfClusters);

    [TestMethod]
    public void Choose_UndefinedSilhouettes_LeaveTheNumberOut()
        => Assert.AreEqual(3, SuggestionRule.Choose([Result(2, double.NaN, 1), Result(3, 0.2, 0.95)]).NumberOfClusters);

    [TestMethod]
    public void Choose_NothingQualifies_SuggestsNothingAndSaysWhy()
    {
        var (number, reason) = SuggestionRule.Choose([Result(2, double.NaN, 1), Result(3, 0.5, 1, empty: 2), Result(4, double.NaN, double.NaN, failed: 3)]);
        Assert.IsNull(number);
        StringAssert.Contains(reason, "half or more of the trainings failed or left a cluster empty");
    }

    [TestMethod]
    [DataRow(0.25, true)]
    [DataRow(0.26, false)]
    public void Choose_LowSilhouette_IsCalledWeak(double silhouette, bool weak)
    {
        var (_, reason) = SuggestionRule.Choose([Result(2, 0.1, 1), Result(3, silhouette, 1), Result(4, 0.1, 1)]);
        Assert.AreEqual(weak, reason.Contains("take the suggestion as weak", StringComparison.Ordinal), reason);
    }

    [TestMethod]
    [DataRow(0.4, 0.5, true)]
    [DataRow(0.5, 0.4, false)]
    public void Choose_LargestNumberOfTheScan_AsksForMore(double first, double last, bool asks)
    {
        var (_, reason) = SuggestionRule.Choose([Result(2, first, 1), Result(3, last, 1)]);
        Assert.AreEqual(asks, reason.Contains("scan further", StringComparison.Ordinal), reason);
    }

    private static ScannedNumberOfClusters Result(int k, double silhouette, double stability, int seeds = 3, int empty = 0, int failed = 0)
        => new(k, Enumerable.Range(0, seeds).Select(i => Training(i, k, silhouette, i < empty, i < failed)).ToArray(), stability);

    private static ScannedTraining Training(int seed, int k, double silhouette, bool empty, bool failed)
        => failed
            ? new(seed, double.NaN, double.NaN, double.NaN, double.NaN, [], "the loss became NaN")
            : new(seed, 1, silhouette, 1, 1, Enumerable.Range(0, k).Select(i => empty && i == 0 ? 0L : 10L).ToArray(), null);
}
