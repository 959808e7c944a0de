using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Centroids;

/// <summary>Centroids that follow the means of their samples at one pace, batch by batch: the DCN of Miklautz et al. 2025, whose counts of samples do not grow.</summary>
internal static class TrackingCentroids
{
    /// <summary>r ← r + rate (mean of the batch's samples of the cluster - r). A cluster without samples stays where it is.</summary>
    /// <param name="centroids">(k, p), changed in place.</param>
    /// <param name="embeddings">(n, p).</param>
    /// <param name="labels">(n), 0 to k - 1.</param>
    /// <param name="rate">0 to 1, which is the mean itself.</param>
    /// <param name="weights">(n), above 0, or null for 1: a sample counts so many times.</param>
    public static void Update(Tensor centroids, Tensor embeddings, Tensor labels, double rate, Tensor? weights = null)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var (sums, samples) = BatchClusters.Sum(centroids, embeddings, labels, weights);
        var counted = samples.unsqueeze(1);
        // Where there are no samples, 0 / 1.
        centroids.Add(((sums - counted * centroids) / counted.Plus(counted.logical_not())).Times(rate));
    }
}
