namespace Microsoft.ML.DeepClustering.Tests.Selection;

[TestClass]
public sealed class ScannedNumberOfClustersTests
{
    private readonly ScannedNumberOfClusters _result = new(
        3,
        [
            new(1, 2.0, 0.5, 1.0, 100, [4, 4, 2], null),
            new(2, double.NaN, double.NaN, double.NaN, double.NaN, [], "the loss became NaN"),
            new(3, 4.0, 0.7, double.NaN, 50, [10, 0, 0], null),
        ],
        0.25);

    [TestMethod]
    public void Means_UndefinedValues_AreLeftOut()
    {
        Assert.AreEqual(3.0, _result.LowestLoss, 1e-12);
        Assert.AreEqual(0.6, _result.Silhouette, 1e-12);
        Assert.AreEqual(1.0, _result.DaviesBouldinIndex, 1e-12);
        Assert.AreEqual(75, _result.CalinskiHarabaszIndex, 1e-12);
        Assert.IsTrue(double.IsNaN(new ScannedNumberOfClusters(3, [_result.Trainings[1]], double.NaN).Silhouette));
    }

    [TestMethod]
    public void Counts_EmptyClustersAndFailures_AreThoseOfTheTrainings()
    {
        Assert.AreEqual(1, _result.NumberOfFailures);
        Assert.AreEqual(1, _result.NumberWithEmptyClusters);
        CollectionAssert.AreEqual(new[] { 0, 0, 2 }, _result.Trainings.Select(t => t.NumberOfEmptyClusters).ToArray());
    }

    [TestMethod]
    public void ToString_Result_IsOneLineWithAllMeansAndMishaps() => Assert.AreEqual(
        "k = 3: silhouette 0.600, Davies-Bouldin 1.000, Calinski-Harabasz 75.0, stability 0.250, loss 3.0000; 1 of 3 trainings left a cluster empty; 1 of 3 trainings failed",
        _result.ToString());
}
