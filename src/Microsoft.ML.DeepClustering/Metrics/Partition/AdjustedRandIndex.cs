namespace Microsoft.ML.DeepClustering.Metrics.Partition;

/// <summary>
/// Adjusted Rand index (ARI): agreement over all pairs of rows, corrected for chance, so that random clusters get 0 on average: scikit-learn's
/// adjusted_rand_score. Hubert and Arabie, <i>Comparing partitions</i>, Journal of Classification 2, 1985.
/// </summary>
/// <example>Classes 0 0 0 1 1 1 in clusters 0 0 1 1 2 2: 0.242424.</example>
internal static class AdjustedRandIndex
{
    /// <summary>The ARI, -0.5 to 1; NaN for a table without rows.</summary>
    public static double Compute(ContingencyTable table)
    {
        if (table.Total == 0)
            return double.NaN;

        // Ordered pairs of rows: together in both, in the class only, in the cluster only, in neither.
        var n = (double)table.Total;
        var squares = table.Cells.Sum(cell => Square(cell.Count));
        var both = squares - n;
        var classOnly = table.ClassTotals.Sum(Square) - squares;
        var clusterOnly = table.ClusterTotals.Sum(Square) - squares;
        var neither = (n * n) - classOnly - clusterOnly - squares;
        if (classOnly == 0 && clusterOnly == 0)
            return 1;
        return 2 * ((both * neither) - (classOnly * clusterOnly))
            / (((both + classOnly) * (classOnly + neither)) + ((both + clusterOnly) * (clusterOnly + neither)));
    }

    private static double Square(long value) => (double)value * value;
}
