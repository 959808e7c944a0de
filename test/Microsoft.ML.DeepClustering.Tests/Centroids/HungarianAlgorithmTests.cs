using Microsoft.ML.DeepClustering.Centroids;

namespace Microsoft.ML.DeepClustering.Tests.Metrics;

[TestClass]
public sealed class HungarianAlgorithmTests
{
    [TestMethod]
    public void Maximize_GreedyChoiceIsWrong_FindsTheBestPairs()
        => CollectionAssert.AreEqual(new[] { 1, 0 }, HungarianAlgorithm.Maximize(new long[,] { { 10, 9 }, { 9, 1 } }));

    [TestMethod]
    public void Maximize_EmptyTable_AssignsNothing()
    {
        Assert.IsEmpty(HungarianAlgorithm.Maximize(new long[0, 3]));
        CollectionAssert.AreEqual(new[] { -1, -1 }, HungarianAlgorithm.Maximize(new long[2, 0]));
    }

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(2, 2)]
    [DataRow(3, 3)]
    [DataRow(5, 5)]
    [DataRow(6, 6)]
    [DataRow(2, 6)]
    [DataRow(6, 2)]
    [DataRow(1, 5)]
    [DataRow(5, 4)]
    public void Maximize_RandomTables_EqualsBruteForce(int rows, int columns)
    {
        var random = new Random((10 * rows) + columns);
        for (var table = 0; table < 40; table++)
        {
            // Few different values in half of the tables, so that there are ties.
            var weights = RandomTable(random, rows, columns, table % 2 == 0 ? 3 : 1000);

            var assigned = HungarianAlgorithm.Maximize(weights);

            var used = assigned.Where(column => column >= 0).ToList();
            Assert.HasCount(rows, assigned);
            Assert.HasCount(Math.Min(rows, columns), used);
            CollectionAssert.AllItemsAreUnique(used);
            Assert.AreEqual(BruteForce(weights, 0, 0), TotalWeight(weights, assigned));
        }
    }

    [TestMethod]
    public void Maximize_LargeTable_FindsTheHiddenPermutation()
    {
        var random = new Random(7);
        var hidden = Enumerable.Range(0, 300).ToArray();
        random.Shuffle(hidden);
        var weights = RandomTable(random, 300, 300, 1000);
        for (var row = 0; row < 300; row++)
            weights[row, hidden[row]] = 1000;

        CollectionAssert.AreEqual(hidden, HungarianAlgorithm.Maximize(weights));
    }

    private static long[,] RandomTable(Random random, int rows, int columns, int bound)
    {
        var table = new long[rows, columns];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
                table[i, j] = random.Next(bound);
        }

        return table;
    }

    private static long TotalWeight(long[,] weights, int[] assigned)
        => assigned.Select((column, row) => column < 0 ? 0 : weights[row, column]).Sum();

    /// <summary>The best total of the rows from <paramref name="row"/> on; bits of <paramref name="used"/> are columns taken.</summary>
    private static long BruteForce(long[,] weights, int row, int used)
    {
        if (row == weights.GetLength(0))
            return 0;
        var best = weights.GetLength(0) > weights.GetLength(1) ? BruteForce(weights, row + 1, used) : 0;
        for (var column = 0; column < weights.GetLength(1); column++)
        {
            if ((used & (1 << column)) == 0)
                best = Math.Max(best, weights[row, column] + BruteForce(weights, row + 1, used | (1 << column)));
        }

        return best;
    }
}
