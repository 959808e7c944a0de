#nullable disable
using Microsoft.ML.DeepClustering.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Centroids;

/// <summary>
/// k-means on embeddings: k-means++ from several starts, Lloyd's iterations by matrix products on the tensors' device, the start of
/// lowest inertia kept. All randomness comes from the generator given.
/// </summary>
internal static class KMeans
{
    private const int MostIterations = 300;

    /// <param name="points">(n, p), n ≥ k.</param>
    /// <param name="clusters">k.</param>
    /// <param name="starts">The number of starts from k-means++.</param>
    /// <param name="generator">On the CPU.</param>
    /// <param name="former">
    /// (k, p) centroids to start from once more besides; the clusters found are then numbered as they match the former ones best. Or null.
    /// </param>
    /// <param name="cancellation">Honoured within one iteration.</param>
    public static KMeansResult Run(
        Tensor points, int clusters, int starts, Generator generator, Tensor former = null, CancellationToken cancellation = default)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        // Distances do not change with the origin; near the mean the products lose fewer digits.
        var mean = points.mean(new long[] { 0 });
        var centred = points - mean;
        var best = former is null ? null : Lloyd(centred, former - mean, cancellation);
        for (var start = 0; start < starts; start++)
        {
            var seeds = KMeansSeeding.Draw(centred, clusters, generator);
            var result = Lloyd(centred, seeds, cancellation);
            if (best is null || result.Inertia < best.Inertia)
                best = result;
        }

        if (former is not null)
            best = CentroidMatching.Renumber(best, CentroidDistance.Nearest(centred, former - mean).Labels);
        return new(best.Centroids.Plus(mean).MoveToOuterDisposeScope(), best.Labels.MoveToOuterDisposeScope(), best.Inertia);
    }

    private static KMeansResult Lloyd(Tensor points, Tensor start, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var centroids = start;
        var (labels, distances) = CentroidDistance.Nearest(points, centroids);
        for (var iteration = 0; iteration < MostIterations; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var next = Means(points, labels, distances, centroids.shape[0]);
            var (newLabels, newDistances) = CentroidDistance.Nearest(points, next);
            var settled = newLabels.eq(labels).all().item<bool>();
            if (iteration > 0)
                centroids.Dispose();
            labels.Dispose();
            distances.Dispose();
            (centroids, labels, distances) = (next.MoveToOuterDisposeScope(), newLabels.MoveToOuterDisposeScope(), newDistances.MoveToOuterDisposeScope());
            if (settled)
                break;
        }

        return new(centroids.MoveToOuterDisposeScope(), labels.MoveToOuterDisposeScope(), distances.sum().to(ScalarType.Float64).item<double>());
    }

    /// <summary>The mean of each cluster; a cluster without points gets one of the points farthest from their centroids instead.</summary>
    private static Tensor Means(Tensor points, Tensor labels, Tensor distances, long clusters)
    {
        var counts = bincount(labels, minlength: clusters).to(points.dtype);
        var means = Sums(points, labels, clusters) / counts.AtLeast(1).unsqueeze(1);
        var empty = counts.Is(0);
        var numberEmpty = (int)empty.sum(ScalarType.Int64).item<long>();
        if (numberEmpty == 0)
            return means;
        var (_, farthest) = distances.topk(numberEmpty);
        return means.index_copy(0, empty.nonzero().flatten(), points.index_select(0, farthest));
    }

    // The sums of the points of each cluster, (k, p), block by block.
    private static Tensor Sums(Tensor points, Tensor labels, long clusters)
    {
        var numbers = Arithmetic.Numbers(clusters, points.device);
        var sums = zeros(new[] { clusters, points.shape[1] }, dtype: points.dtype, device: points.device);
        var rows = CentroidDistance.RowsPerBlock(clusters);
        foreach (var (block, blockLabels) in points.split(rows, 0).Zip(labels.split(rows, 0)))
        {
            using var inner = NewDisposeScope();
            var memberships = blockLabels.unsqueeze(1).eq(numbers).to(points.dtype);
            sums.Add(memberships.transpose(0, 1).matmul(block)); // (k, n) x (n, p) -> (k, p)
        }

        return sums;
    }
}
