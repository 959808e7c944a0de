namespace Microsoft.ML.DeepClustering.Metrics.Partition;

/// <summary>
/// Homogeneity: I(class; cluster) / H(class), 1 when every cluster holds rows of one class only: scikit-learn's homogeneity_score.
/// Rosenberg and Hirschberg, <i>V-measure</i>, EMNLP 2007.
/// </summary>
/// <example>Classes 0 0 0 1 1 1 in clusters 0 0 1 1 2 2: 0.666667.</example>
internal static class Homogeneity
{
    /// <summary>The homogeneity, 0 to 1; 1 when there is one class, NaN for a table without rows.</summary>
    public static double Compute(ContingencyTable table) => MutualInformation.Share(table, table.ClassTotals);
}
