using Microsoft.ML.DeepClustering.Torch;
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
        // (k, k): new against former.
        var counts = bincount(result.Labels.Times(clusters).Plus(formerLabels), minlength: clusters * clusters).cpu().data<long>().ToArray();
        var weights = new long[clusters, clusters];
        for (var i = 0; i < counts.Length; i++)
            weights[i / clusters, i % clusters] = counts[i];

        var formerOfNew = HungarianAlgorithm.Maximize(weights).Select(j => (long)j).ToArray();
        var numbers = tensor(formerOfNew, dtype: ScalarType.Int64, device: CPU).to(result.Labels.device);
        return result with { Centroids = result.Centroids.index_select(0, numbers.argsort()), Labels = numbers.index_select(0, result.Labels) };
    }
}
