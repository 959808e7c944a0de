namespace Microsoft.ML.DeepClustering.Metrics.Partition;

/// <summary>
/// Completeness: I(class; cluster) / H(cluster), 1 when all rows of a class lie in one cluster: scikit-learn's completeness_score.
/// Rosenberg and Hirschberg, <i>V-measure</i>, EMNLP 2007.
/// </summary>
/// <example>Classes 0 0 0 1 1 1 in clusters 0 0 1 1 2 2: 0.420620.</example>
internal static class Completeness
{
    /// <summary>The completeness, 0 to 1; 1 when there is one cluster that has rows, NaN for a table without rows.</summary>
    public static double Compute(ContingencyTable table) => MutualInformation.Share(table, table.ClusterTotals);
}
