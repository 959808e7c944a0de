using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Tests.StandIns;

[TestClass]
public sealed class EvaluateCrossValidationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void CrossValidate_ThreeFolds_EachRowIsHeldOutOnce()
    {
        var data = _ml.Data.LoadFromEnumerable(KMeansBlobs.Make(rowsPerBlob: 100));

        var results = _ml.Clustering.CrossValidate(data, _ml.Clustering.Trainers.KMeans(numberOfClusters: 3),
            numberOfFolds: 3, labelColumnName: "Label", featuresColumnName: "Features", seed: 5);

        CollectionAssert.AreEqual(new[] { 0, 1, 2 }, results.Select(result => result.Fold).ToArray());
        var heldOut = results.SelectMany(result => result.ScoredHoldOutSet.GetColumn<float>("Id")).Order().ToArray();
        CollectionAssert.AreEqual(Enumerable.Range(0, 300).Select(i => (float)i).ToArray(), heldOut);
        foreach (var result in results)
        {
            Assert.AreEqual(1, result.Metrics.NormalizedMutualInformation, 1e-9);
            Assert.IsTrue(result.Metrics.DaviesBouldinIndex is > 0 and < 0.5);
            Assert.IsTrue(result.Model.Transform(data).Schema.GetColumnOrNull("Score").HasValue);
        }
    }

    [TestMethod]
    public void CrossValidate_SamplingKey_RowsOfAKeyStayTogether()
    {
        var data = _ml.Data.LoadFromEnumerable(KMeansBlobs.Make(rowsPerBlob: 100));

        var results = _ml.Clustering.CrossValidate(data, _ml.Clustering.Trainers.KMeans(numberOfClusters: 3),
            numberOfFolds: 3, samplingKeyColumnName: "Group");

        var groups = results.Select(result => result.ScoredHoldOutSet.GetColumn<float>("Group").Distinct().ToArray()).ToArray();
        Assert.AreEqual(groups.Sum(fold => fold.Length), groups.SelectMany(fold => fold).Distinct().Count());
    }
}
