using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Metrics.Embedding;

/// <summary>The measures of clusters that need no classes, together: how compact and how far apart the clusters are in an embedding.</summary>
/// <param name="Silhouette">See <see cref="Embedding.Silhouette.ComputeSample"/>.</param>
/// <param name="DaviesBouldin">See <see cref="DaviesBouldinIndex"/>.</param>
/// <param name="CalinskiHarabasz">See <see cref="CalinskiHarabaszIndex"/>.</param>
internal sealed record EmbeddingMeasures(double Silhouette, double DaviesBouldin, double CalinskiHarabasz)
{
    /// <summary>All three.</summary>
    /// <param name="embeddings">(n, p) of Float32 or Float64, on any device.</param>
    /// <param name="clusters">(n) of Int64, 0 to k - 1, on the same device.</param>
    /// <param name="numberOfClusters">k.</param>
    /// <param name="seed">The seed of the silhouette's sample.</param>
    /// <param name="maximumPoints">The most points of that sample, 0 or more.</param>
    public static EmbeddingMeasures Compute(
        Tensor embeddings, Tensor clusters, int numberOfClusters, int seed, int maximumPoints = Embedding.Silhouette.DefaultSampleSize)
    {
        using var moments = PointBlocks.Moments(embeddings, clusters, numberOfClusters);
        return new(
            Embedding.Silhouette.ComputeSample(embeddings, clusters, numberOfClusters, seed, maximumPoints),
            DaviesBouldinIndex.Compute(moments, add => PointBlocks.ForEach(embeddings, clusters, add)),
            CalinskiHarabaszIndex.Compute(moments));
    }
}
