namespace Microsoft.ML.DeepClustering;

/// <summary>What k-means finds in a column, to hold deep clusters against: the clustering of lowest inertia of several starts by k-means++.</summary>
/// <param name="ColumnName">The column that was clustered.</param>
/// <param name="RowCount">The rows that were clustered: those with a predicted cluster and with values that are all finite.</param>
/// <param name="NumberOfStarts">How often k-means was started.</param>
/// <param name="Accuracy">Clustering accuracy, see <see cref="DeepClusteringMetrics.Accuracy"/>; NaN without labels.</param>
/// <param name="NormalizedMutualInformation">NMI, see <see cref="DeepClusteringMetrics.NormalizedMutualInformation"/>; NaN without labels.</param>
/// <param name="AdjustedRandIndex">ARI, see <see cref="DeepClusteringMetrics.AdjustedRandIndex"/>; NaN without labels.</param>
/// <param name="Stability">
/// How much the clusterings of the single starts agree: the mean adjusted Rand index of all pairs of them, -0.5 to 1. It needs no labels.
/// NaN when a start leaves a cluster without rows, as it does where fewer rows differ than there are clusters.
/// </param>
public sealed record KMeansYardstick(
    string ColumnName, long RowCount, int NumberOfStarts, double Accuracy, double NormalizedMutualInformation, double AdjustedRandIndex, double Stability);
