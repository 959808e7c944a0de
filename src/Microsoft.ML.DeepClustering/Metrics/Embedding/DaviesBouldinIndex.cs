using Microsoft.ML.DeepClustering.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Metrics.Embedding;

/// <summary>
/// The Davies-Bouldin index: the mean over the clusters of the largest (s + s') / d with another cluster, s the mean distance of a cluster's points
/// from their mean and d the distance of the two means: scikit-learn's davies_bouldin_score.
/// Davies and Bouldin, <i>A cluster separation measure</i>, IEEE Trans. PAMI 1, 1979.
/// </summary>
/// <example>Points 0, 1, 10, 11 on a line in clusters 0 0 1 1: 0.1, since both s are 0.5 and the means are 10 apart.</example>
internal static class DaviesBouldinIndex
{
    // Distances between clusters a block; 32 MiB.
    private const long ValuesPerBlock = 4 << 20;

    /// <summary>
    /// The index, 0 or more, lower is better. Clusters whose means coincide are not compared; 0 when all do. NaN, where scikit-learn raises an error,
    /// with fewer than two clusters that have points or as many as points, and for embeddings that are not finite.
    /// </summary>
    /// <param name="embeddings">(n, p) of Float32 or Float64, on any device.</param>
    /// <param name="clusters">(n) of Int64, 0 to k - 1, on the same device.</param>
    /// <param name="numberOfClusters">k.</param>
    public static double Compute(Tensor embeddings, Tensor clusters, int numberOfClusters)
    {
        using var moments = PointBlocks.Moments(embeddings, clusters, numberOfClusters);
        return Compute(moments, add => PointBlocks.ForEach(embeddings, clusters, add));
    }

    /// <summary>The index of points that come in blocks.</summary>
    /// <param name="moments">Of these points.</param>
    /// <param name="forEachBlock">Hands on each block of the points once more: (b, p) points, and their clusters, (b) of Int64.</param>
    public static double Compute(ClusterMoments moments, Action<Action<Tensor, Tensor>> forEachBlock)
    {
        if (!moments.AreDefined)
            return double.NaN;
        using var spread = new ClusterSpread(moments);
        forEachBlock(spread.Add);
        return Compute(moments, spread);
    }

    private static double Compute(ClusterMoments moments, ClusterSpread spread)
    {
        using var session = TorchSession.WithoutGradients();
        var present = moments.Counts.IsAbove(0).nonzero().flatten();
        var means = moments.Means.index_select(0, present); // (k, p)
        var spreads = spread.MeanDistances().index_select(0, present); // (k)
        var clusters = present.shape[0];
        var length = Math.Clamp(ValuesPerBlock / clusters, 1, clusters);
        var largest = 0.0;
        for (var start = 0L; start < clusters; start += length)
        {
            using var inner = NewDisposeScope();
            var rows = Math.Min(length, clusters - start);
            var distances = cdist(means.narrow(0, start, rows), means, 2.0, compute_mode.donot_use_mm_for_euclid_dist); // (b, k)
            var ratios = spreads.narrow(0, start, rows).unsqueeze(1).Plus(spreads.unsqueeze(0)) / distances;
            largest += ratios.With(distances.IsAtMost(moments.Tolerance), 0).amax(new[] { 1L }).sum().item<double>();
        }

        return largest / clusters;
    }
}
