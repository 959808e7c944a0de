namespace Microsoft.ML.DeepClustering;

/// <summary>How DEPICT finds the first clusters in the embeddings of its pretrained autoencoder.</summary>
public enum DepictFirstClusters
{
    /// <summary>
    /// Agglomeration by path integrals, AC-PIC (Zhang, Zhao and Wang 2013): clusters of any shape on the graph of the nearest neighbours of each row, 20 of them, or fewer where an even
    /// share of the rows is less than 40. Groups of no more rows than that are outliers and do not count; weights of rows do not either, but in the clusters' means. Its time grows with the square of
    /// the rows, its memory does not: 10,000 rows take seconds. Of more than 100,000 rows, and where the graph falls into too few or too many parts, k-means takes its place, and the log says so.
    /// </summary>
    PathIntegral,

    /// <summary>k-means.</summary>
    KMeans,
}
