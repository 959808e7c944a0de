using Microsoft.ML.DeepClustering.Reporting;

namespace Samples.Tests.Reporting.Clusters;

[TestClass]
public sealed class ClusterExamplesTests
{
    [TestMethod]
    [DataRow(0, 8, 10)]
    [DataRow(1, 8, 10)]
    [DataRow(5, 8, 10)]
    [DataRow(8, 8, 10)]
    [DataRow(11, 8, 10)]
    [DataRow(16, 8, 10)]
    [DataRow(500, 8, 1000)]
    [DataRow(500, 8, 3)]
    [DataRow(500, 1, 1)]
    [DataRow(50, 0, 10)]
    public void Rows_OfAnyOrder_AreThoseOfASort(int rows, int capacity, int differentDistances)
    {
        var random = new Random(rows + capacity);
        var distances = Enumerable.Range(0, rows).Select(_ => (float)random.Next(differentDistances)).ToArray();
        var examples = new ClusterExamples(capacity);
        for (var row = 0; row < rows; row++)
        {
            var place = row;
            examples.Offer(distances[row], row, () => new ExampleRow(place, distances[place]));
        }

        var sorted = Enumerable.Range(0, rows).OrderBy(row => distances[row]).Select(row => (long)row).ToArray();
        CollectionAssert.AreEqual(sorted.Take(capacity).ToArray(), examples.Nearest().Select(r => r.Row).ToArray());
        CollectionAssert.AreEqual(sorted.Skip(capacity).TakeLast(capacity).Reverse().ToArray(), examples.Farthest().Select(r => r.Row).ToArray());
    }

    [TestMethod]
    public void Rows_OfALongStream_AreReadOnlyIfTheyMayStay()
    {
        var random = new Random(1);
        var examples = new ClusterExamples(8);
        var read = 0;
        for (var row = 0; row < 100_000; row++)
        {
            var (place, distance) = (row, random.NextSingle());
            examples.Offer(distance, row, () =>
            {
                read++;
                return new ExampleRow(place, distance);
            });
        }

        // Of n rows in random order some 2 · 8 · (1 + ln(n / 8)) are among the 8 least or greatest so far.
        Assert.IsLessThan(400, read);
    }
}
