namespace Microsoft.ML.DeepClustering;

/// <summary>A measure of clusters that can be recorded after each epoch of training.</summary>
public enum PerformanceMeasure
{
    /// <summary>Clustering accuracy against classes, 0 to 1; see <see cref="DeepClusteringMetrics.Accuracy"/>.</summary>
    Accuracy = 0,

    /// <summary>NMI against classes, arithmetic mean, 0 to 1; see <see cref="DeepClusteringMetrics.NormalizedMutualInformation"/>.</summary>
    NormalizedMutualInformation = 1,

    /// <summary>Adjusted Rand index against classes, -0.5 to 1; see <see cref="DeepClusteringMetrics.AdjustedRandIndex"/>.</summary>
    AdjustedRandIndex = 2,

    /// <summary>Silhouette of the embedding, -1 to 1; needs no labels. Taken on a sample where the rows are many.</summary>
    Silhouette = 3,

    /// <summary>Davies-Bouldin index of the embedding, 0 or more, lower is better; needs no labels.</summary>
    DaviesBouldin = 4,

    /// <summary>Calinski-Harabasz index of the embedding, 0 or more; needs no labels.</summary>
    CalinskiHarabasz = 5,
}
