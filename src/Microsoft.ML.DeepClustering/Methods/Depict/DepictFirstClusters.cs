namespace Microsoft.ML.DeepClustering;

/// <summary>How DEPICT finds the first clusters in the embeddings of its pretrained autoencoder.</summary>
public enum DepictFirstClusters
{
    /// <summary>
    /// Agglomeration by path integrals, AC-PIC (Zhang, Zhao and Wang 2013): clusters of any shape on the graph of the 20 nearest neighbours of each row. Groups of outliers, of 20 rows or fewer, do
    /// not count. Its time grows with the square of the rows, its memory does not. Where the graph falls into too few or too many parts, k-means takes its place, and the log says so.
    /// </summary>
    PathIntegral,

    /// <summary>k-means.</summary>
    KMeans,
}
