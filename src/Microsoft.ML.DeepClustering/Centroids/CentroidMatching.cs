#nullable disable
using Microsoft.ML.DeepClustering.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Centroids;

/// <summary>Numbers new clusters as the former ones with which they share the most points (Kuhn 1955).</summary>
internal static class CentroidMatching
{
    /// <param name="result">The new clustering of n points into k clusters.</param>
    /// <param name="formerLabels">(n), 0 to k - 1.</param>
    public static KMeansResult Renumber(KMeansResult result, Tensor formerLabels)
    {
        var clusters = result.Centroids.shape[0];
        // (k, k): new against former, counted by one product.
        var shared = nn.functional.one_hot(result.Labels, clusters).to(ScalarType.Float64).transpose(0, 1)
            .matmul(nn.functional.one_hot(formerLabels, clusters).to(ScalarType.Float64));
        var counts = shared.cpu().data<double>().ToArray();
        var weights = new long[clusters, clusters];
        for (var i = 0; i < counts.Length; i++)
            weights[i / clusters, i % clusters] = (long)counts[i];

        var formerOfNew = Assignment.Maximize(weights).Select(j => (long)j).ToArray();
        var numbers = tensor(formerOfNew).to(result.Labels.device);
        return result with { Centroids = result.Centroids.index_select(0, numbers.argsort()), Labels = numbers.index_select(0, result.Labels) };
    }
}
