using Microsoft.ML.DeepClustering.Metrics;
using Microsoft.ML.DeepClustering.Metrics.Embedding;
using Partition = Microsoft.ML.DeepClustering.Metrics.Partition;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// What <c>EvaluateDeepClustering</c> found: agreement of the clusters with known classes, how compact and how far apart the clusters are
/// in an embedding, and their sizes.
/// </summary>
/// <remarks>
/// The measures that compare with classes count only rows that have both a label and a predicted cluster; they are NaN if there is no such row.
/// They do not depend on how classes or clusters are numbered. The measures of an embedding count only rows that have a predicted cluster
/// and a finite embedding; they are NaN without a column of embeddings, with fewer than two clusters, or with as many clusters as rows.
/// </remarks>
public sealed class DeepClusteringMetrics
{
    private readonly EmbeddingFigures? _embedding;

    internal DeepClusteringMetrics(
        ContingencyTable table, MutualInformationAveraging averaging, IReadOnlyList<long> clusterSizes, EmbeddingFigures? embedding, KMeansYardsticks? kmeans = null)
    {
        Contingency = table;
        Accuracy = Partition.ClusteringAccuracy.Compute(table);
        NormalizedMutualInformation = Partition.NormalizedMutualInformation.Compute(table, averaging);
        Averaging = averaging;
        AdjustedRandIndex = Partition.AdjustedRandIndex.Compute(table);
        Purity = Partition.Purity.Compute(table);
        Homogeneity = Partition.Homogeneity.Compute(table);
        Completeness = Partition.Completeness.Compute(table);
        ClusterSizes = clusterSizes;
        _embedding = embedding;
        (KMeansOfFeatures, KMeansOfEmbedding) = (kmeans?.Features, kmeans?.Embedding);
        ClusterSilhouettes = Array.AsReadOnly(Enumerable.Range(0, clusterSizes.Count)
            .Select(cluster => embedding is not null && embedding.ClusterSilhouettes.TryGetValue(cluster, out var mean) ? mean : double.NaN)
            .ToArray());
        EmptyClusters = Array.AsReadOnly(ClusterWarnings.Empty(clusterSizes));
        DominantCluster = ClusterWarnings.Dominant(clusterSizes);
        Warnings = Array.AsReadOnly(ClusterWarnings.Describe(this).ToArray());
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

    /// <summary>
    /// The mean silhouette, -1 to 1, higher is better: how much nearer a row lies to its own cluster than to the nearest other one, over at
    /// most <see cref="DeepClusteringEvaluationOptions.SilhouetteRowCount"/> rows. 0 for a row alone in its cluster.
    /// Rousseeuw, <i>Silhouettes</i>, Journal of Computational and Applied Mathematics 20, 1987.
    /// </summary>
    public double Silhouette => _embedding?.Silhouette ?? double.NaN;

    /// <summary>
    /// The mean silhouette, -1 to 1, of each cluster's rows among those of <see cref="Silhouette"/>; the cluster of key 1 comes first. A low value is a
    /// cluster that runs into another. NaN for a cluster without such rows.
    /// </summary>
    public IReadOnlyList<double> ClusterSilhouettes { get; }

    /// <summary>
    /// The Davies-Bouldin index, 0 or more, lower is better: how wide clusters are by how far apart their means lie, each with its worst
    /// neighbour. Empty clusters are not counted. Davies and Bouldin, <i>A cluster separation measure</i>, IEEE Trans. PAMI 1, 1979.
    /// </summary>
    /// <remarks>ML.NET's <c>ClusteringMetrics.DaviesBouldinIndex</c> counts empty clusters, and is 0 without features.</remarks>
    public double DaviesBouldinIndex => _embedding?.DaviesBouldin ?? double.NaN;

    /// <summary>
    /// The Calinski-Harabasz index, 0 or more, higher is better: the scatter between the clusters by that within, each by its degrees of
    /// freedom. Caliński and Harabasz, <i>A dendrite method for cluster analysis</i>, Communications in Statistics 3, 1974.
    /// </summary>
    public double CalinskiHarabaszIndex => _embedding?.CalinskiHarabasz ?? double.NaN;

    /// <summary>The column that <see cref="Silhouette"/>, <see cref="DaviesBouldinIndex"/> and <see cref="CalinskiHarabaszIndex"/> were taken in, null if there was none.</summary>
    public string? EmbeddingColumnName => _embedding?.ColumnName;

    /// <summary>The rows that <see cref="Silhouette"/> was taken over, all or a sample.</summary>
    public int SilhouetteRowCount => _embedding?.SilhouetteRowCount ?? 0;

    /// <summary>
    /// K-means on the features of the rows that have a predicted cluster and finite features, with as many clusters; null unless
    /// <see cref="DeepClusteringEvaluationOptions.CompareWithKMeans"/> is set, or with fewer rows than clusters.
    /// </summary>
    public KMeansYardstick? KMeansOfFeatures { get; }

    /// <summary>The same on the embedding; null also when there is no column of embeddings, or when it is the features.</summary>
    public KMeansYardstick? KMeansOfEmbedding { get; }

    /// <summary>The rows of each class in each cluster, and the class that each cluster is mapped to.</summary>
    public ContingencyTable Contingency { get; }

    /// <summary>Rows in each cluster, labelled or not; the cluster of key 1 comes first. Clusters that got no row are there, with 0.</summary>
    public IReadOnlyList<long> ClusterSizes { get; }

    /// <summary>The number of clusters, empty ones too: the length of <see cref="ClusterSizes"/>.</summary>
    public int NumberOfClusters => ClusterSizes.Count;

    /// <summary>How many clusters got no row. Above 0 the model has fewer clusters than it was asked for.</summary>
    public int NumberOfEmptyClusters => EmptyClusters.Count;

    /// <summary>The keys of the clusters that got no row, from 1.</summary>
    public IReadOnlyList<uint> EmptyClusters { get; }

    /// <summary>
    /// The key of the cluster whose share of the rows exceeds (1 + 1/k)/2, halfway between an equal share and all of them; null if none does.
    /// Such clusters have as good as collapsed into one.
    /// </summary>
    public uint? DominantCluster { get; }

    /// <summary>
    /// A sentence for each thing that makes the clusters doubtful: empty clusters, a dominant one, embeddings that are not finite, an embedding
    /// in which k-means is less stable than in the features. With counts and advice; empty when there is nothing to say.
    /// </summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The number of different labels among the compared rows; 0 without labels.</summary>
    public int NumberOfClasses => Contingency.ClassNames.Count;

    /// <summary>All rows of the data.</summary>
    public required long RowCount { get; init; }

    /// <summary>Rows that have both a label and a predicted cluster: those that the measures against classes are taken over. 0 without labels.</summary>
    public long ComparedRowCount => Contingency.Total;

    /// <summary>Rows whose label is missing: NaN, an empty text or key 0; all rows when no label column was given.</summary>
    public required long RowsWithoutLabel { get; init; }

    /// <summary>Rows whose predicted cluster is missing (key 0), as for features that hold NaN.</summary>
    public required long RowsWithoutPrediction { get; init; }

    /// <summary>
    /// Rows with a predicted cluster whose embedding holds a value that is not finite; they are left out of the three measures of the
    /// embedding. 0 when there is no column of embeddings.
    /// </summary>
    public long RowsWithoutEmbedding => _embedding?.RowsLeftOut ?? 0;
}
