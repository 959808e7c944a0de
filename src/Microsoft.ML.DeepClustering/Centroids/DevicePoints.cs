using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Centroids;

/// <summary>k-means by matrix products on the tensors' device, blocks of rows at a time.</summary>
/// <param name="points">(n, p).</param>
/// <param name="weights">(n), of the points' type, or null for 1.</param>
internal sealed class DevicePoints(Tensor points, Tensor? weights = null) : KMeansPoints
{
    public override Tensor Seeds(int clusters, Generator generator)
    {
        using var scope = NewDisposeScope();
        // (n): equal weights for the first.
        var distances = ones(new[] { points.shape[0] }, dtype: points.dtype, device: points.device);
        var chosen = new List<Tensor>();
        for (var j = 0; j < clusters; j++)
        {
            // The temporaries of a draw take (n, candidates) values several times.
            using var inner = NewDisposeScope();
            var drawn = points.index_select(0, Sample(Weighted(distances), j == 0 ? 1 : Candidates(clusters), generator));
            var remaining = CentroidDistance.SquaredByProducts(points, drawn); // (n, candidates)
            if (j > 0)
                remaining = minimum(remaining, distances.unsqueeze(1));
            var best = (weights is null ? remaining : remaining * weights.unsqueeze(1)).sum(dim: 0L).argmin(0L, true);
            distances.Dispose();
            distances = remaining.index_select(1, best).flatten().MoveToOuterDisposeScope();
            chosen.Add(drawn.index_select(0, best).MoveToOuterDisposeScope());
        }

        return cat(chosen).MoveToOuterDisposeScope();
    }

    public override KMeansResult Lloyd(Tensor start, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var centroids = start;
        var (labels, distances) = CentroidDistance.Nearest(points, centroids);
        var settled = 0;
        for (var iteration = 0; iteration < MaximumIterations; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var (next, isRefilled) = Means(labels, distances, centroids.shape[0]);
            var (newLabels, newDistances) = CentroidDistance.Nearest(points, next);
            settled = newLabels.eq(labels).all().item<bool>() ? settled + 1 : 0;
            if (iteration > 0)
                centroids.Dispose();
            labels.Dispose();
            distances.Dispose();
            (centroids, labels, distances) = (next.MoveToOuterDisposeScope(), newLabels.MoveToOuterDisposeScope(), newDistances.MoveToOuterDisposeScope());
            if (settled == IterationsToSettle(isRefilled))
                break;
        }

        return new(centroids.MoveToOuterDisposeScope(), labels.MoveToOuterDisposeScope(), Weighted(distances).sum().to(ScalarType.Float64).item<double>());
    }

    public override Tensor Labels(Tensor centroids) => CentroidDistance.Nearest(points, centroids).Labels;

    private Tensor Weighted(Tensor ofPoints) => weights is null ? ofPoints : ofPoints * weights;

    // Row numbers, each drawn with a probability proportional to its chance; the last when all chances are zero.
    private static Tensor Sample(Tensor chances, int count, Generator generator)
    {
        var cumulative = chances.to(ScalarType.Float64).cumsum(0);
        var total = cumulative.narrow(0, cumulative.shape[0] - 1, 1);
        var thresholds = (Uniform(count, generator).to(chances.device) * total).unsqueeze(0);
        // (n, count) -> (count): how many partial sums a threshold has passed. The last can be passed by rounding only.
        return cumulative.unsqueeze(1).le(thresholds).sum(dim: 0L).AtMost(chances.shape[0] - 1);
    }

    // The mean of each cluster, and whether one without points got a point in its place.
    private (Tensor Means, bool IsRefilled) Means(Tensor labels, Tensor distances, long clusters)
    {
        var counts = bincount(labels, weights, clusters).to(points.dtype);
        // Weights are above 0: a count of 0 is that of a cluster without points.
        var means = Sums(labels, clusters) / where(counts.Is(0), ones_like(counts), counts).unsqueeze(1);
        var empty = counts.Is(0);
        var numberEmpty = (int)empty.sum(ScalarType.Int64).item<long>();
        if (numberEmpty == 0)
            return (means, false);
        var (_, farthest) = distances.topk(numberEmpty);
        return (means.index_copy(0, empty.nonzero().flatten(), points.index_select(0, farthest)), true);
    }

    // The sums of the points of each cluster, (k, p), block by block.
    private Tensor Sums(Tensor labels, long clusters)
    {
        var numbers = Arithmetic.Numbers(clusters, points.device);
        var sums = zeros(new[] { clusters, points.shape[1] }, dtype: points.dtype, device: points.device);
        var rows = CentroidDistance.RowsPerBlock(clusters);
        var start = 0L;
        foreach (var (block, blockLabels) in points.split(rows, 0).Zip(labels.split(rows, 0)))
        {
            using var inner = NewDisposeScope();
            var memberships = blockLabels.unsqueeze(1).eq(numbers).to(points.dtype);
            if (weights is not null)
                memberships = memberships * weights.narrow(0, start, block.shape[0]).unsqueeze(1);
            start += block.shape[0];
            sums.Add(memberships.transpose(0, 1).mm(block)); // (k, n) x (n, p) -> (k, p)
        }

        return sums;
    }
}
