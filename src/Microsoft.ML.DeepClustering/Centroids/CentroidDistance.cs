using Microsoft.ML.DeepClustering.Onnx;
using Microsoft.ML.DeepClustering.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Centroids;

/// <summary>Squared Euclidean distances between embeddings and centroids.</summary>
internal static class CentroidDistance
{
    private const long ValuesPerBlock = 4 << 20;
    private const long MostDifferences = 1 << 16;

    /// <summary>
    /// (n, p) and (k, p) -> (n, k), from the differences themselves: exact where a point lies near its centroid, which matters to losses
    /// that multiply the distance by a large α. For batches.
    /// </summary>
    public static Tensor Squared(Tensor embeddings, Tensor centroids)
        // Many differences are not kept: in memory they would grow with n k p.
        => embeddings.shape[0] * centroids.shape[0] * centroids.shape[1] <= MostDifferences
            ? (embeddings.unsqueeze(1) - centroids.unsqueeze(0)).Squared().sum(dim: 2L)
            : cdist(embeddings, centroids, 2.0, compute_mode.donot_use_mm_for_euclid_dist).Squared();

    /// <summary>The same in an ONNX graph, (n, p) -> (n, k).</summary>
    public static OnnxValue Squared(OnnxValue embeddings, Tensor centroids)
        => embeddings.Unsqueeze(1).Minus(embeddings.Graph.Constant(centroids)).Squared().Sum(2, keep: false); // (n, 1, p) - (k, p)

    /// <summary>
    /// The nearest centroid of each point, (n) of int64, and the squared distance to it, (n): <see cref="SquaredByProducts"/> block by block,
    /// so that no more than a few million distances are in memory at once.
    /// </summary>
    public static (Tensor Labels, Tensor Distances) Nearest(Tensor points, Tensor centroids)
    {
        using var scope = NewDisposeScope();
        var (labels, distances) = (new List<Tensor>(), new List<Tensor>());
        foreach (var block in points.split(RowsPerBlock(centroids.shape[0]), 0))
        {
            using var inner = NewDisposeScope();
            var (least, nearest) = SquaredByProducts(block, centroids).min(1L);
            labels.Add(nearest.MoveToOuterDisposeScope());
            distances.Add(least.MoveToOuterDisposeScope());
        }

        return (cat(labels).MoveToOuterDisposeScope(), cat(distances).MoveToOuterDisposeScope());
    }

    /// <summary>The number of the point nearest to each centroid, (k) of int64, block by block.</summary>
    public static Tensor NearestPoints(Tensor points, Tensor centroids)
    {
        using var scope = NewDisposeScope();
        var (numbers, distances) = (new List<Tensor>(), new List<Tensor>());
        var start = 0L;
        foreach (var block in points.split(RowsPerBlock(centroids.shape[0]), 0))
        {
            using var inner = NewDisposeScope();
            var (least, nearest) = SquaredByProducts(block, centroids).min(0L);
            numbers.Add(nearest.Plus(start).MoveToOuterDisposeScope());
            distances.Add(least.MoveToOuterDisposeScope());
            start += block.shape[0];
        }

        var best = stack(distances).argmin(0L, true); // (blocks, k) -> (1, k)
        return stack(numbers).gather(0, best).flatten().MoveToOuterDisposeScope();
    }

    /// <summary>Rows of so many values that are worked on at once.</summary>
    public static long RowsPerBlock(long values) => Math.Max(1, ValuesPerBlock / values);

    /// <summary><see cref="Squared(Tensor, Tensor)"/> by one matrix product, less exact near zero and never below it. For whole data sets.</summary>
    public static Tensor SquaredByProducts(Tensor points, Tensor centroids)
    {
        var products = points.mm(centroids.transpose(0, 1)); // (n, p) x (p, k) -> (n, k)
        return (points.Squared().sum(1L, true).Plus(centroids.Squared().sum(dim: 1L)) - products.Times(2)).AtLeast(0);
    }
}
