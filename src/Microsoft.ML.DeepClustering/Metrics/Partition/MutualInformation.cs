namespace Microsoft.ML.DeepClustering.Metrics.Partition;

/// <summary>The information that clusters have about classes, in nats: what NMI, homogeneity and completeness are made of.</summary>
internal static class MutualInformation
{
    /// <summary>I(class; cluster), 0 or more.</summary>
    public static double Compute(ContingencyTable table)
    {
        var n = (double)table.Total;
        var sum = table.Cells.Sum(cell
            => cell.Count / n * Math.Log(n * cell.Count / ((double)table.ClassTotals[cell.Class] * table.ClusterTotals[cell.Cluster])));
        return Math.Max(0, sum);
    }

    /// <summary>H of a partition, 0 or more.</summary>
    /// <param name="totals">The rows of each of its parts.</param>
    public static double Entropy(IReadOnlyList<long> totals)
    {
        var n = (double)totals.Sum();
        return -totals.Where(t => t > 0).Sum(t => t / n * Math.Log(t / n));
    }

    /// <summary>I(class; cluster) / H of one of the two partitions, 0 to 1; 1 when that partition is trivial, NaN for a table without rows.</summary>
    /// <param name="table">The rows of each class in each cluster.</param>
    /// <param name="totals">Those of each class, or those of each cluster.</param>
    public static double Share(ContingencyTable table, IReadOnlyList<long> totals)
    {
        if (table.Total == 0)
            return double.NaN;
        return IsTrivial(totals) ? 1 : Math.Min(1, Compute(table) / Entropy(totals));
    }

    /// <summary>Whether all rows lie in one part.</summary>
    public static bool IsTrivial(IReadOnlyList<long> totals) => totals.Count(t => t > 0) == 1;
}
