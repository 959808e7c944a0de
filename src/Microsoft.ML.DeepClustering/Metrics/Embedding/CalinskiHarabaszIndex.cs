using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Metrics.Embedding;

/// <summary>
/// The Calinski-Harabasz index: the scatter between the clusters' means by that within the clusters, each by its degrees of freedom,
/// (B / (k - 1)) / (W / (n - k)): scikit-learn's calinski_harabasz_score.
/// Caliński and Harabasz, <i>A dendrite method for cluster analysis</i>, Communications in Statistics 3, 1974.
/// </summary>
/// <example>Points 0, 1, 10, 11 on a line in clusters 0 0 1 1: 200, from B = 100, k - 1 = 1, W = 1 and n - k = 2.</example>
internal static class CalinskiHarabaszIndex
{
    /// <summary>
    /// The index, 0 or more, higher is better; 1 when W is 0. NaN, where scikit-learn raises an error, with fewer than two clusters that have points
    /// or as many as points, and for embeddings that are not finite.
    /// </summary>
    /// <param name="embeddings">(n, p) of Float32 or Float64, on any device.</param>
    /// <param name="clusters">(n) of Int64, 0 to k - 1, on the same device.</param>
    /// <param name="numberOfClusters">k.</param>
    public static double Compute(Tensor embeddings, Tensor clusters, int numberOfClusters)
    {
        using var moments = PointBlocks.Moments(embeddings, clusters, numberOfClusters);
        return Compute(moments);
    }

    /// <summary>The index of points, from their moments.</summary>
    public static double Compute(ClusterMoments moments)
    {
        if (!moments.AreDefined)
            return double.NaN;
        using var session = TorchSession.WithoutGradients();
        var (points, clusters) = moments.Sizes();
        var within = moments.Scatters.sum().item<double>();
        if (within <= points * moments.Tolerance * moments.Tolerance)
            return 1;
        var weights = moments.Counts.unsqueeze(1); // (k, 1)
        var centre = (weights * moments.Means).sum(dim: 0L).Over(points); // (p)
        var between = (weights * (moments.Means - centre).Squared()).sum().item<double>();
        return between / (clusters - 1) / (within / (points - clusters));
    }
}
