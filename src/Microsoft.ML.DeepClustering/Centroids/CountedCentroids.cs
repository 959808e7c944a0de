using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Centroids;

/// <summary>
/// The centroid updates of DCN: each sample z moves its centroid by r ← r - (1/c)(r - z), c counting the samples that the centroid has had.
/// Yang, Fu, Sidiropoulos and Hong, ICML 2017, Equation 8. c starts at 100, as in the authors' code.
/// </summary>
internal sealed class CountedCentroids : IDisposable
{
    private const double StartCount = 100;

    private readonly Tensor _counts;

    public CountedCentroids(Tensor centroids)
        => _counts = ones(new[] { centroids.shape[0] }, dtype: centroids.dtype, device: centroids.device).Times(StartCount).DetachFromDisposeScope();

    /// <summary>(k).</summary>
    public Tensor Counts => _counts;

    /// <summary>
    /// Moves the centroids by all samples of a batch at once. After m samples of a cluster in any order the updates have come to
    /// r ← (c r + Σ z) / (c + m): step by step c r grows by z and c by 1.
    /// </summary>
    /// <param name="centroids">(k, p), changed in place.</param>
    /// <param name="embeddings">(n, p).</param>
    /// <param name="labels">(n), 0 to k - 1.</param>
    /// <param name="weights">(n), or null for 1: a sample counts so many times.</param>
    public void Update(Tensor centroids, Tensor embeddings, Tensor labels, Tensor? weights = null)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var (sums, samples) = BatchClusters.Sum(centroids, embeddings, labels, weights);
        _counts.Add(samples);
        // The same as (c r + Σ z) / (c + m), in a form that leaves a cluster without samples where it is.
        centroids.Add((sums - samples.unsqueeze(1) * centroids) / _counts.unsqueeze(1));
    }

    public void Dispose() => _counts.Dispose();
}
