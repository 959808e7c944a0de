using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Centroids;

/// <summary>The means of clusters.</summary>
internal static class ClusterMeans
{
    /// <summary>(n, p) and (n) of int64, 0 to k - 1 -> (k, p).</summary>
    /// <param name="points">(n, p).</param>
    /// <param name="labels">Each cluster has a point.</param>
    /// <param name="clusters">k.</param>
    /// <param name="weights">(n), above 0, or null for 1.</param>
    public static Tensor Compute(Tensor points, Tensor labels, int clusters, Tensor? weights = null)
    {
        using var scope = NewDisposeScope();
        var counted = (weights?.to(ScalarType.Float64) ?? ones_like(labels, dtype: ScalarType.Float64)).unsqueeze(1);
        var sums = zeros(new[] { clusters, points.shape[1] }, dtype: ScalarType.Float64, device: points.device).AddRows(labels, points.to(ScalarType.Float64) * counted);
        var sizes = zeros(new[] { clusters, 1L }, dtype: ScalarType.Float64, device: points.device).AddRows(labels, counted);
        return (sums / sizes).to(points.dtype).MoveToOuterDisposeScope();
    }
}
