namespace Microsoft.ML.DeepClustering.Metrics.Partition;

/// <summary>
/// Clustering accuracy (ACC): the share of rows whose cluster is mapped to their class, under the one-to-one map of clusters to classes for which that
/// share is largest. Roy, <i>An approach towards learning K-means-friendly deep latent representation</i>, Eq. 12.
/// </summary>
/// <example>
/// Classes 0 0 0 1 1 1 in clusters 0 0 1 1 2 2: 4/6, by the map of cluster 0 to class 0 and of cluster 2 to class 1.
/// </example>
internal static class ClusteringAccuracy
{
    /// <summary>The accuracy, above 0 and at most 1; NaN for a table without rows.</summary>
    public static double Compute(ContingencyTable table) => table.Total == 0 ? double.NaN : (double)table.Matched / table.Total;
}
