namespace Microsoft.ML.DeepClustering.Metrics.Embedding;

/// <summary>What an evaluation found in a column of embeddings.</summary>
/// <param name="ColumnName">The column.</param>
/// <param name="Silhouette">The mean silhouette.</param>
/// <param name="DaviesBouldin">The Davies-Bouldin index.</param>
/// <param name="CalinskiHarabasz">The Caliński-Harabasz index.</param>
/// <param name="SilhouetteRowCount">The rows that the silhouette was taken over.</param>
/// <param name="RowsLeftOut">Rows with a cluster whose embedding is not finite.</param>
internal sealed record EmbeddingFigures(
    string ColumnName, double Silhouette, double DaviesBouldin, double CalinskiHarabasz, int SilhouetteRowCount, long RowsLeftOut)
{
    /// <summary>The mean silhouette of a cluster's rows, by its number from 0; clusters without rows are not in it.</summary>
    public required IReadOnlyDictionary<int, double> ClusterSilhouettes { get; init; }
}
