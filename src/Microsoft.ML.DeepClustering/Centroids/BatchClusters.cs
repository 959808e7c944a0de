using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Centroids;

/// <summary>What a batch holds of each cluster.</summary>
internal static class BatchClusters
{
    /// <summary>Sums, (k, p), and numbers, (k), of the samples of each cluster. The caller frees them.</summary>
    /// <param name="centroids">(k, p), for the number and the type alone.</param>
    /// <param name="embeddings">(n, p).</param>
    /// <param name="labels">(n), 0 to k - 1.</param>
    /// <param name="weights">(n), or null for 1: a sample counts so many times.</param>
    public static (Tensor Sums, Tensor Samples) Sum(Tensor centroids, Tensor embeddings, Tensor labels, Tensor? weights)
    {
        using var scope = NewDisposeScope();
        var memberships = nn.functional.one_hot(labels, centroids.shape[0]).to(centroids.dtype);
        if (weights is not null)
            memberships = memberships * weights.unsqueeze(1);
        var sums = memberships.transpose(0, 1).mm(embeddings); // (k, n) x (n, p) -> (k, p)
        return (sums.MoveToOuterDisposeScope(), memberships.sum(dim: 0L).MoveToOuterDisposeScope());
    }
}
