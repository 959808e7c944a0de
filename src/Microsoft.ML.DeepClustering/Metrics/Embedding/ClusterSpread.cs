using Microsoft.ML.DeepClustering.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Metrics.Embedding;

/// <summary>The mean distance of each cluster's points from their mean: a second pass over the points that gave the means, in any blocks.</summary>
internal sealed class ClusterSpread(ClusterMoments moments) : IDisposable
{
    // Distances between clusters a block; 32 MiB.
    private const long ValuesPerBlock = 4 << 20;

    private readonly Tensor _sums = None(moments);

    /// <summary>Adds a block of points that gave the means.</summary>
    /// <param name="points">(n, p).</param>
    /// <param name="clusters">(n) of Int64, 0 to k - 1.</param>
    public void Add(Tensor points, Tensor clusters)
    {
        using var session = TorchSession.WithoutGradients();
        var distances = (moments.Centre(points) - moments.Means.index_select(0, clusters)).Squared().sum(dim: 1L).sqrt();
        _sums.AddRows(clusters, distances);
    }

    /// <summary>The index of Davies and Bouldin, NaN where it is not defined. Two clusters whose means coincide are not compared.</summary>
    public double DaviesBouldin()
    {
        if (!moments.AreDefined)
            return double.NaN;
        using var session = TorchSession.WithoutGradients();
        var present = moments.Counts.IsAbove(0).nonzero().flatten();
        var means = moments.Means.index_select(0, present);
        var spreads = (_sums / moments.Counts).index_select(0, present);
        var clusters = present.shape[0];
        var length = Math.Clamp(ValuesPerBlock / clusters, 1, clusters);
        var worst = 0.0;
        for (var start = 0L; start < clusters; start += length)
        {
            using var inner = NewDisposeScope();
            var rows = Math.Min(length, clusters - start);
            var distances = cdist(means.narrow(0, start, rows), means, 2.0, compute_mode.donot_use_mm_for_euclid_dist); // (b, k)
            var ratios = spreads.narrow(0, start, rows).unsqueeze(1).Plus(spreads.unsqueeze(0)) / distances;
            worst += ratios.With(distances.IsAtMost(moments.Tolerance), 0).amax(new[] { 1L }).sum().item<double>();
        }

        return worst / clusters;
    }

    public void Dispose() => _sums.Dispose();

    private static Tensor None(ClusterMoments moments)
    {
        using var session = TorchSession.WithoutGradients();
        return zeros_like(moments.Counts).DetachFromDisposeScope();
    }
}
