#nullable disable
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Centroids;

/// <summary>Squared Euclidean distances between embeddings and centroids.</summary>
internal static class CentroidDistance
{
    /// <summary>
    /// (n, p) and (k, p) -> (n, k), from the differences themselves: exact where a point lies near its centroid, which matters to losses
    /// that multiply the distance by a large α. For batches.
    /// </summary>
    public static Tensor Squared(Tensor embeddings, Tensor centroids)
        => (embeddings.unsqueeze(1) - centroids.unsqueeze(0)).square().sum(dim: 2L);

    /// <summary>The same by one matrix product, less exact near zero and never below it. For whole data sets.</summary>
    public static Tensor SquaredByProducts(Tensor points, Tensor centroids)
    {
        var products = points.matmul(centroids.transpose(0, 1)); // (n, p) x (p, k) -> (n, k)
        return (points.square().sum(1L, true) + centroids.square().sum(dim: 1L) - 2.0 * products).clamp_min(0.0);
    }
}
