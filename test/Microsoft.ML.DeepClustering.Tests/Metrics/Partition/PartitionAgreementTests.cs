using Microsoft.ML.DeepClustering.Metrics.Partition;

namespace Microsoft.ML.DeepClustering.Tests.Metrics.Partition;

/// <summary>Agreement of several partitions: mean adjusted Rand indices.</summary>
[TestClass]
public sealed class PartitionAgreementTests
{
    // The first two are the same but for the numbers of the clusters, index 1; the third crosses them, index -0.5.
    private static readonly int[][] Partitions = [[0, 0, 1, 1], [1, 1, 0, 0], [0, 1, 0, 1]];

    [TestMethod]
    public void MeansWithOthers_ThreePartitions_AreTheMeansOfTwoIndicesEach()
        => CollectionAssert.AreEqual(new[] { 0.25, 0.25, -0.5 }, PartitionAgreement.MeansWithOthers(Partitions, 2));

    [TestMethod]
    public void MeanOfPairs_ThreePartitions_IsTheMeanOfThreeIndices()
        => Assert.AreEqual(0, PartitionAgreement.MeanOfPairs(Partitions, 2), 1e-12);

    [TestMethod]
    public void OfASingleOne_IsNaN()
    {
        Assert.IsTrue(double.IsNaN(PartitionAgreement.MeansWithOthers([[0, 1]], 2).Single()));
        Assert.IsTrue(double.IsNaN(PartitionAgreement.MeanOfPairs([[0, 1]], 2)));
    }
}
