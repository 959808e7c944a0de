using Microsoft.ML.DeepClustering.Metrics.Partition;

namespace Microsoft.ML.DeepClustering.Tests.Metrics.Partition;

[TestClass]
public sealed class ContingencyTableTests
{
    [TestMethod]
    public void Counts_SmallPartition_AreThoseOfThePairs()
    {
        var table = TestTables.Count([7, 7, 2, 7], [3, 1, 1, 3]);

        CollectionAssert.AreEqual(new[] { "2", "7" }, table.ClassNames.ToArray());
        CollectionAssert.AreEqual(new long[] { 0, 1, 0, 0, 0 }, Row(table, 0));
        CollectionAssert.AreEqual(new long[] { 0, 1, 0, 2, 0 }, Row(table, 1));
        CollectionAssert.AreEqual(new long[] { 1, 3 }, table.ClassTotals.ToArray());
        CollectionAssert.AreEqual(new long[] { 0, 2, 0, 2, 0 }, table.ClusterTotals.ToArray());
        Assert.AreEqual(5, table.NumberOfClusters);
        Assert.AreEqual(4, table.Total);
    }

    [TestMethod]
    public void Counts_NoRows_IsEmpty()
    {
        var table = TestTables.Count([], []);

        Assert.AreEqual(0, table.Total);
        Assert.IsEmpty(table.ClassNames);
        CollectionAssert.AreEqual(new string?[] { null, null }, table.ClassOfCluster.ToArray());
    }

    [TestMethod]
    public void ClassOfCluster_GreedyChoiceIsWrong_IsTheBestMap()
    {
        // Class 0 has three rows in cluster 0 and two in cluster 1, class 1 two in cluster 0: 2 + 2 is more than 3 + 0.
        var table = TestTables.Count([0, 0, 0, 0, 0, 1, 1], [0, 0, 0, 1, 1, 0, 0]);

        CollectionAssert.AreEqual(new[] { "1", "0", null }, table.ClassOfCluster.ToArray());
        Assert.AreEqual(4, table.Matched);
    }

    [TestMethod]
    public void ClassOfCluster_MoreClustersThanClasses_IsNullForTheRest()
        => CollectionAssert.AreEqual(new[] { null, "5", null, null }, TestTables.Count([5, 5, 5], [0, 1, 1]).ClassOfCluster.Append(null).ToArray());

    [TestMethod]
    public void ClassOfCluster_NoRowOfTheClass_IsNull()
        // Only class 1 is left for cluster 1, which has no row of it.
        => CollectionAssert.AreEqual(new[] { "0", null, null }, TestTables.Count([0, 0, 0, 1], [0, 0, 1, 0]).ClassOfCluster.ToArray());

    [TestMethod]
    public void ToTable_ClassWithoutRows_IsLeftOut()
    {
        var counter = new ContingencyCounter();
        counter.Add(2, 0);

        var table = counter.ToTable([(1, "b"), (2, "a")], 1);

        CollectionAssert.AreEqual(new[] { "a" }, table.ClassNames.ToArray());
        Assert.AreEqual(1, table[0, 1]);
    }

    [TestMethod]
    [DataRow(-1, 1u, "2 classes")]
    [DataRow(2, 1u, "2 classes")]
    [DataRow(0, 0u, "3 clusters")]
    [DataRow(0, 4u, "3 clusters")]
    public void Item_OutOfRange_SaysHowManyThereAre(int classIndex, uint cluster, string part)
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => TestTables.Count([0, 1], [0, 1])[classIndex, cluster]);

        StringAssert.Contains(error.Message, part);
    }

    private static long[] Row(ContingencyTable table, int classIndex)
        => [.. Enumerable.Range(1, table.NumberOfClusters).Select(key => table[classIndex, (uint)key])];
}
