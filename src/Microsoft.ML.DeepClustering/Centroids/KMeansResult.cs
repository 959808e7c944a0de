using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Centroids;

/// <summary>A clustering by k-means. Its tensors belong to the dispose scope of the call.</summary>
/// <param name="Centroids">(k, p).</param>
/// <param name="Labels">(n), the nearest centroid of each point, 0 to k - 1.</param>
/// <param name="Inertia">The sum of the squared distances of all points to their centroids, each times its weight.</param>
internal sealed record KMeansResult(Tensor Centroids, Tensor Labels, double Inertia) : IDisposable
{
    /// <summary>Hands the tensors to the scope around the present one.</summary>
    public KMeansResult MoveToOuterDisposeScope()
    {
        Centroids.MoveToOuterDisposeScope();
        Labels.MoveToOuterDisposeScope();
        return this;
    }

    public void Dispose()
    {
        Centroids.Dispose();
        Labels.Dispose();
    }
}
