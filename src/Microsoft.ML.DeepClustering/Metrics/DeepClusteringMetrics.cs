namespace Microsoft.ML.DeepClustering.Metrics;

/// <summary>
/// What <see cref="DeepClusteringMetricsCatalog.EvaluateDeepClustering"/> found: agreement of the clusters with known classes, and the clusters' sizes.
/// </summary>
/// <remarks>
/// The measures that compare with classes count only rows that have both a label and a predicted cluster; they are NaN if there is no such row.
/// They do not depend on how classes or clusters are numbered.
/// </remarks>
public sealed class DeepClusteringMetrics
{
    internal DeepClusteringMetrics(ContingencyTable table, MutualInformationAveraging averaging, IReadOnlyList<long> clusterSizes)
    {
        Accuracy = PartitionMeasures.Accuracy(table);
        NormalizedMutualInformation = PartitionMeasures.NormalizedMutualInformation(table, averaging);
        Averaging = averaging;
        AdjustedRandIndex = PartitionMeasures.AdjustedRandIndex(table);
        Purity = PartitionMeasures.Purity(table);
        Homogeneity = PartitionMeasures.Homogeneity(table);
        Completeness = PartitionMeasures.Completeness(table);
        NumberOfClasses = table.ClassTotals.Length;
        ComparedRowCount = table.Total;
        ClusterSizes = clusterSizes;
    }

    /// <summary>
    /// Clustering accuracy (ACC), 0 to 1: the share of rows whose cluster is mapped to their class, under the one-to-one map of clusters to
    /// classes for which that share is greatest. Clusters beyond the number of classes are mapped to none, and their rows count as wrong.
    /// Roy, <i>An approach towards learning K-means-friendly deep latent representation</i>, Eq. 12.
    /// </summary>
    public double Accuracy { get; }

    /// <summary>
    /// Normalised mutual information (NMI), 0 to 1: I(class; cluster) divided by the mean of both entropies, see <see cref="Averaging"/>.
    /// 1 for two trivial partitions, as in scikit-learn. Roy, Eq. 13; Mrabah et al., <i>Deep clustering with a dynamic autoencoder</i>, Eq. 16.
    /// </summary>
    /// <remarks>
    /// ML.NET's <c>ClusteringMetrics.NormalizedMutualInformation</c> divides by the classes' entropy only; that is <see cref="Homogeneity"/> here.
    /// </remarks>
    public double NormalizedMutualInformation { get; }

    /// <summary>The mean that <see cref="NormalizedMutualInformation"/> was taken with.</summary>
    public MutualInformationAveraging Averaging { get; }

    /// <summary>
    /// Adjusted Rand index (ARI), -0.5 to 1: agreement over all pairs of rows, corrected so that random clusters get 0 on average.
    /// Hubert and Arabie, <i>Comparing partitions</i>, Journal of Classification 2, 1985.
    /// </summary>
    public double AdjustedRandIndex { get; }

    /// <summary>Purity, above 0 and at most 1: the share of rows that belong to the most frequent class of their cluster. It rises with the number of clusters.</summary>
    public double Purity { get; }

    /// <summary>
    /// Homogeneity, 0 to 1: I(class; cluster) / H(class); 1 when each cluster holds rows of one class only.
    /// Rosenberg and Hirschberg, <i>V-measure</i>, EMNLP 2007.
    /// </summary>
    public double Homogeneity { get; }

    /// <summary>
    /// Completeness, 0 to 1: I(class; cluster) / H(cluster); 1 when all rows of a class lie in one cluster.
    /// Rosenberg and Hirschberg, <i>V-measure</i>, EMNLP 2007.
    /// </summary>
    public double Completeness { get; }

    /// <summary>Rows in each cluster, labelled or not; the cluster of key 1 comes first. Clusters that got no row are there, with 0.</summary>
    public IReadOnlyList<long> ClusterSizes { get; }

    /// <summary>The number of clusters, empty ones too: the length of <see cref="ClusterSizes"/>.</summary>
    public int NumberOfClusters => ClusterSizes.Count;

    /// <summary>How many clusters got no row. Above 0 the model has fewer clusters than it was asked for.</summary>
    public int NumberOfEmptyClusters => ClusterSizes.Count(size => size == 0);

    /// <summary>The number of different labels among the compared rows; 0 without labels.</summary>
    public int NumberOfClasses { get; }

    /// <summary>All rows of the data.</summary>
    public required long RowCount { get; init; }

    /// <summary>Rows that have both a label and a predicted cluster: those that the measures against classes are taken over. 0 without labels.</summary>
    public long ComparedRowCount { get; }

    /// <summary>Rows whose label is missing: NaN, an empty text or key 0; all rows when no label column was given.</summary>
    public required long RowsWithoutLabel { get; init; }

    /// <summary>Rows whose predicted cluster is missing (key 0), as for features that hold NaN.</summary>
    public required long RowsWithoutPrediction { get; init; }
}
