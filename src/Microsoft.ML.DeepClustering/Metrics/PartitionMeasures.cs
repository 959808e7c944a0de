namespace Microsoft.ML.DeepClustering.Metrics;

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
    {
        if (table.Total == 0)
            return double.NaN;
        var clusterOfClass = Assignment.Maximize(table.Counts);
        long matched = 0;
        for (var i = 0; i < clusterOfClass.Length; i++)
            matched += clusterOfClass[i] < 0 ? 0 : table.Counts[i, clusterOfClass[i]];
        return (double)matched / table.Total;
    }

    /// <summary>Normalised mutual information, I(class; cluster) over a mean of both entropies (Roy, Eq. 13; DynAE, Eq. 16). 0 to 1.</summary>
    public static double NormalizedMutualInformation(ContingencyTable table, MutualInformationAveraging averaging)
    {
        if (table.Total == 0)
            return double.NaN;
        if (table.ClassTotals.Length == 1 && table.ClusterTotals.Length == 1)
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
        var squares = table.Counts.Cast<long>().Sum(Square);
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
        var pure = Enumerable.Range(0, table.ClusterTotals.Length)
            .Sum(j => Enumerable.Range(0, table.ClassTotals.Length).Max(i => table.Counts[i, j]));
        return (double)pure / table.Total;
    }

    /// <summary>Homogeneity: I(class; cluster) / H(class), 1 when every cluster holds one class only (Rosenberg and Hirschberg, EMNLP 2007).</summary>
    public static double Homogeneity(ContingencyTable table) => InformationShare(table, table.ClassTotals);

    /// <summary>Completeness: I(class; cluster) / H(cluster), 1 when every class lies in one cluster only (Rosenberg and Hirschberg, EMNLP 2007).</summary>
    public static double Completeness(ContingencyTable table) => InformationShare(table, table.ClusterTotals);

    private static double InformationShare(ContingencyTable table, long[] totals)
    {
        if (table.Total == 0)
            return double.NaN;
        return totals.Length == 1 ? 1 : Math.Min(1, MutualInformation(table) / Entropy(totals));
    }

    private static double MutualInformation(ContingencyTable table)
    {
        var n = (double)table.Total;
        var sum = 0.0;
        for (var i = 0; i < table.ClassTotals.Length; i++)
        {
            for (var j = 0; j < table.ClusterTotals.Length; j++)
            {
                var count = table.Counts[i, j];
                if (count > 0)
                    sum += count / n * Math.Log(n * count / ((double)table.ClassTotals[i] * table.ClusterTotals[j]));
            }
        }

        return Math.Max(0, sum);
    }

    private static double Entropy(long[] totals)
    {
        var n = (double)totals.Sum();
        return -totals.Sum(t => t / n * Math.Log(t / n));
    }

    private static double Square(long value) => (double)value * value;
}
