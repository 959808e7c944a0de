namespace Microsoft.ML.DeepClustering.Metrics.Partition;

/// <summary>
/// Normalised mutual information (NMI), I(class; cluster) divided by a mean of both entropies: scikit-learn's normalized_mutual_info_score.
/// Roy, <i>An approach towards learning K-means-friendly deep latent representation</i>, Eq. 13; Mrabah et al.,
/// <i>Deep clustering with a dynamic autoencoder</i>, Eq. 16.
/// </summary>
/// <example>Classes 0 0 0 1 1 1 in clusters 0 0 1 1 2 2: 0.515804 with the arithmetic mean, 0.529541 with the geometric.</example>
internal static class NormalizedMutualInformation
{
    /// <summary>
    /// The NMI, 0 to 1; NaN for a table without rows. As in scikit-learn it is 1 when there is one class and one cluster, which agree fully.
    /// </summary>
    public static double Compute(ContingencyTable table, MutualInformationAveraging averaging)
    {
        if (table.Total == 0)
            return double.NaN;
        if (MutualInformation.IsTrivial(table.ClassTotals) && MutualInformation.IsTrivial(table.ClusterTotals))
            return 1;
        var information = MutualInformation.Compute(table);
        var (classes, clusters) = (MutualInformation.Entropy(table.ClassTotals), MutualInformation.Entropy(table.ClusterTotals));
        if (information == 0)
            return 0;
        var mean = averaging == MutualInformationAveraging.Geometric ? Math.Sqrt(classes * clusters) : (classes + clusters) / 2;
        return Math.Min(1, information / mean);
    }
}
