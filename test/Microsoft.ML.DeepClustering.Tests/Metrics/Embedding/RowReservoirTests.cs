using Microsoft.ML.DeepClustering.Metrics.Embedding;

namespace Microsoft.ML.DeepClustering.Tests.Metrics.Embedding;

[TestClass]
public sealed class RowReservoirTests
{
    [TestMethod]
    public void Draw_NoMoreRowsThanPlaces_AreAllInOrder()
        => CollectionAssert.AreEqual(new long[] { 0, 1, 2, 3 }, RowReservoir.Draw(4, 4, seed: 1));

    [TestMethod]
    public void Draw_NoPlaces_IsNone() => Assert.IsEmpty(RowReservoir.Draw(4, 0, seed: 1));

    [TestMethod]
    public void Draw_ManyRows_AreDifferentRowsFromAllOfThem()
    {
        var drawn = RowReservoir.Draw(10_000, 500, seed: 1);

        Assert.HasCount(500, drawn);
        CollectionAssert.AllItemsAreUnique(drawn);
        // A uniform sample's mean is 5000 with a standard deviation of 126.
        Assert.AreEqual(5000, drawn.Average(), 600);
        Assert.IsLessThan(100, drawn.Min());
        Assert.IsGreaterThan(9900, drawn.Max());
    }

    [TestMethod]
    public void Draw_SameSeed_AreTheSameRows()
    {
        CollectionAssert.AreEqual(RowReservoir.Draw(1000, 10, seed: 4), RowReservoir.Draw(1000, 10, seed: 4));
        CollectionAssert.AreNotEqual(RowReservoir.Draw(1000, 10, seed: 4), RowReservoir.Draw(1000, 10, seed: 5));
    }

    [TestMethod]
    public void Draw_ManySeeds_HaveEachRowEquallyOften()
    {
        // 2 of 5 rows, 5000 times: 2000 of each expected, with a standard deviation of 35.
        var counts = Enumerable.Range(0, 5000).SelectMany(seed => RowReservoir.Draw(5, 2, seed)).CountBy(row => row).ToDictionary();

        for (var row = 0L; row < 5; row++)
            Assert.AreEqual(2000, counts[row], 200, $"row {row}");
    }
}
