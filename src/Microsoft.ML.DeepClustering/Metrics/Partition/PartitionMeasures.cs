namespace Microsoft.ML.DeepClustering.Metrics.Partition;

/// <summary>
/// Measures of how well clusters agree with classes. All take natural logarithms and follow scikit-learn where a formula
/// is undefined: two partitions that are both trivial agree fully. A table without rows gives NaN.
/// </summary>
internal static class PartitionMeasures
{
    /// <summary>
    /// Clustering accuracy: the share of rows whose cluster is mapped to their class, under the best one-to-one map
    /// (Roy, <i>An approach towards learning K-means-friendly deep latent representation</i>, Eq. 12). 0 to 1.
    /// </summary>
    public static double Accuracy(ContingencyTable table)
        => table.Total == 0 ? double.NaN : (double)table.Matched / table.Total;

    /// <summary>Normalised mutual information, I(class; cluster) over a mean of both entropies (Roy, Eq. 13; DynAE, Eq. 16). 0 to 1.</summary>
    public static double NormalizedMutualInformation(ContingencyTable table, MutualInformationAveraging averaging)
    {
        if (table.Total == 0)
            return double.NaN;
        if (IsOne(table.ClassTotals) && IsOne(table.ClusterTotals))
            return 1;
        var (information, classes, clusters) = (MutualInformation(table), Entropy(table.ClassTotals), Entropy(table.ClusterTotals));
        if (information == 0)
            return 0;
        var mean = averaging == MutualInformationAveraging.Geometric ? Math.Sqrt(classes * clusters) : (classes + clusters) / 2;
        return Math.Min(1, information / mean);
    }

    /// <summary>Adjusted Rand index: agreement over pairs of rows, corrected for chance (Hubert and Arabie, J. Classification 2, 1985). -0.5 to 1.</summary>
    public static double AdjustedRandIndex(ContingencyTable table)
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

    /// <summary>Purity: the share of rows that belong to the most frequent class of their cluster. Above 0, at most 1.</summary>
    public static double Purity(ContingencyTable table)
    {
        if (table.Total == 0)
            return double.NaN;
        var pure = table.Cells.GroupBy(cell => cell.Cluster).Sum(cells => cells.Max(cell => cell.Count));
        return (double)pure / table.Total;
    }

    /// <summary>Homogeneity: I(class; cluster) / H(class), 1 when every cluster holds one class only (Rosenberg and Hirschberg, EMNLP 2007).</summary>
    public static double Homogeneity(ContingencyTable table) => InformationShare(table, table.ClassTotals);

    /// <summary>Completeness: I(class; cluster) / H(cluster), 1 when every class lies in one cluster only (Rosenberg and Hirschberg, EMNLP 2007).</summary>
    public static double Completeness(ContingencyTable table) => InformationShare(table, table.ClusterTotals);

    private static double InformationShare(ContingencyTable table, IReadOnlyList<long> totals)
    {
        if (table.Total == 0)
            return double.NaN;
        return IsOne(totals) ? 1 : Math.Min(1, MutualInformation(table) / Entropy(totals));
    }

    private static double MutualInformation(ContingencyTable table)
    {
        var n = (double)table.Total;
        var sum = table.Cells.Sum(cell
            => cell.Count / n * Math.Log(n * cell.Count / ((double)table.ClassTotals[cell.Class] * table.ClusterTotals[cell.Cluster])));
        return Math.Max(0, sum);
    }

    private static double Entropy(IReadOnlyList<long> totals)
    {
        var n = (double)totals.Sum();
        return -totals.Where(t => t > 0).Sum(t => t / n * Math.Log(t / n));
    }

    /// <summary>Whether all rows are in one class, or in one cluster.</summary>
    private static bool IsOne(IReadOnlyList<long> totals) => totals.Count(t => t > 0) == 1;

    private static double Square(long value) => (double)value * value;
}
