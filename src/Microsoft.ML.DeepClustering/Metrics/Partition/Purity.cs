namespace Microsoft.ML.DeepClustering.Metrics.Partition;

/// <summary>Purity: the share of rows that belong to the most frequent class of their cluster. It rises with the number of clusters.</summary>
/// <example>Classes 0 0 0 1 1 1 in clusters 0 0 1 1 2 2: 5/6, since one row of cluster 1 is not of its most frequent class.</example>
internal static class Purity
{
    /// <summary>The purity, above 0 and at most 1; NaN for a table without rows.</summary>
    public static double Compute(ContingencyTable table)
    {
        if (table.Total == 0)
            return double.NaN;
        var pure = table.Cells.GroupBy(cell => cell.Cluster).Sum(cells => cells.Max(cell => cell.Count));
        return (double)pure / table.Total;
    }
}
