using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Metrics.Embedding;

/// <summary>The mean distance of each cluster's points from their mean: a second pass over the points that gave the means, in any blocks.</summary>
internal sealed class ClusterSpread(ClusterMoments moments) : IDisposable
{
    private readonly Tensor _sums = Zeros(moments);

    /// <summary>Adds a block of points that gave the means.</summary>
    /// <param name="points">(n, p).</param>
    /// <param name="clusters">(n) of Int64, 0 to k - 1.</param>
    public void Add(Tensor points, Tensor clusters)
    {
        using var session = TorchSession.WithoutGradients();
        var distances = (moments.Centre(points) - moments.Means.index_select(0, clusters)).Squared().sum(dim: 1L).sqrt();
        _sums.AddRows(clusters, distances);
    }

    /// <summary>(k) mean distances; NaN for a cluster without points. They belong to the dispose scope of the call.</summary>
    public Tensor MeanDistances() => _sums / moments.Counts;

    public void Dispose() => _sums.Dispose();

    private static Tensor Zeros(ClusterMoments moments)
    {
        using var session = TorchSession.WithoutGradients();
        return zeros_like(moments.Counts).DetachFromDisposeScope();
    }
}
