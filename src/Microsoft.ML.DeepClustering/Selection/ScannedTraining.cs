namespace Microsoft.ML.DeepClustering;

/// <summary>One training of a scan: one number of clusters, one seed. The measures are taken on the embeddings of all rows.</summary>
/// <param name="Seed">The seed of the training.</param>
/// <param name="LowestLoss">The lowest evaluated total loss of its last phase; NaN when it failed. Losses of different methods do not compare.</param>
/// <param name="Silhouette">The mean silhouette width, -1 to 1, the larger the better; NaN when undefined, as with one cluster that has rows.</param>
/// <param name="DaviesBouldinIndex">The Davies-Bouldin index, 0 or more, the smaller the better; NaN when undefined.</param>
/// <param name="CalinskiHarabaszIndex">The Calinski-Harabasz index, 0 or more, the larger the better; NaN when undefined.</param>
/// <param name="ClusterSizes">The number of rows of each cluster; empty when the training failed.</param>
/// <param name="Failure">Why the training gave no model; null when it did.</param>
public sealed record ScannedTraining(
    int Seed,
    double LowestLoss,
    double Silhouette,
    double DaviesBouldinIndex,
    double CalinskiHarabaszIndex,
    IReadOnlyList<long> ClusterSizes,
    string? Failure)
{
    /// <summary>The number of clusters without a row.</summary>
    public int NumberOfEmptyClusters => ClusterSizes.Count(s => s == 0);
}
