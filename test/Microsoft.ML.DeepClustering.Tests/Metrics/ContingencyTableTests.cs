using Microsoft.ML.DeepClustering.Metrics;

namespace Microsoft.ML.DeepClustering.Tests.Metrics;

[TestClass]
public sealed class ContingencyTableTests
{
    [TestMethod]
    public void From_AnyIntegers_CountsInOrderOfAppearance()
    {
        var table = ContingencyTable.From([7, 7, -2, 7], [100, 3, 3, 100]);

        CollectionAssert.AreEqual(new long[,] { { 2, 1 }, { 0, 1 } }, table.Counts);
        CollectionAssert.AreEqual(new long[] { 3, 1 }, table.ClassTotals);
        CollectionAssert.AreEqual(new long[] { 2, 2 }, table.ClusterTotals);
        Assert.AreEqual(4, table.Total);
    }

    [TestMethod]
    public void From_NoRows_IsEmpty()
    {
        var table = ContingencyTable.From([], []);

        Assert.AreEqual(0, table.Total);
        Assert.IsEmpty(table.ClassTotals);
    }

    [TestMethod]
    public void From_DifferentLengths_NamesBoth()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => ContingencyTable.From([1, 2, 3], [1]));

        StringAssert.Contains(error.Message, "3 labels but 1 clusters");
    }
}
