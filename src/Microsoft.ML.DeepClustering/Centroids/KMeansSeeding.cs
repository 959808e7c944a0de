#nullable disable
using Microsoft.ML.DeepClustering.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Centroids;

/// <summary>
/// k-means++: each next centroid is a point drawn with a probability proportional to its squared distance from those drawn before.
/// Arthur and Vassilvitskii, SODA 2007, Section 2.2, and the greedy form of its Section 6: of several candidates the one that leaves the lowest inertia.
/// </summary>
internal static class KMeansSeeding
{
    /// <summary>(n, p) points -> (k, p) of them. Equal points may be drawn twice when there are fewer than k different ones.</summary>
    public static Tensor Draw(Tensor points, int clusters, Generator generator)
    {
        using var scope = NewDisposeScope();
        var candidates = 2 + (int)Math.Log(clusters);
        // (n): equal weights for the first.
        var distances = ones(new[] { points.shape[0] }, dtype: points.dtype, device: points.device);
        var chosen = new List<Tensor>();
        for (var j = 0; j < clusters; j++)
        {
            // The temporaries of a draw take (n, candidates) values several times.
            using var inner = NewDisposeScope();
            var drawn = points.index_select(0, Sample(distances, j == 0 ? 1 : candidates, generator));
            var remaining = CentroidDistance.SquaredByProducts(points, drawn); // (n, candidates)
            if (j > 0)
                remaining = minimum(remaining, distances.unsqueeze(1));
            var best = remaining.sum(dim: 0L).argmin(0L, true);
            distances.Dispose();
            distances = remaining.index_select(1, best).flatten().MoveToOuterDisposeScope();
            chosen.Add(drawn.index_select(0, best).MoveToOuterDisposeScope());
        }

        return cat(chosen).MoveToOuterDisposeScope();
    }

    /// <summary>Row numbers, each drawn with a probability proportional to its weight; any of them when all weights are zero.</summary>
    private static Tensor Sample(Tensor weights, int count, Generator generator)
    {
        var cumulative = weights.to(ScalarType.Float64).cumsum(0);
        var uniform = rand(new long[] { count }, dtype: ScalarType.Float64, device: CPU, generator: generator).to(weights.device);
        var total = cumulative.narrow(0, cumulative.shape[0] - 1, 1);
        var thresholds = (uniform * total).unsqueeze(0);
        // (n, count) -> (count): how many partial sums a threshold has passed. The last can be passed by rounding only.
        return cumulative.unsqueeze(1).le(thresholds).sum(dim: 0L).AtMost(weights.shape[0] - 1);
    }
}
