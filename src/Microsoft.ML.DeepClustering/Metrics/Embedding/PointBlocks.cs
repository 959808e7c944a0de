using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Metrics.Embedding;

/// <summary>Goes over points in a tensor block by block, so that no copy of all of them in float64 is made.</summary>
internal static class PointBlocks
{
    // 32 MiB in float64.
    private const long ValuesPerBlock = 4 << 20;

    /// <summary>Hands on each block; its tensors live until <paramref name="action"/> returns.</summary>
    /// <param name="embeddings">(n, p) of Float32 or Float64, on any device.</param>
    /// <param name="clusters">(n) of Int64, on the same device.</param>
    /// <param name="action">Takes (b, p) points and (b) clusters.</param>
    public static void ForEach(Tensor embeddings, Tensor clusters, Action<Tensor, Tensor> action)
    {
        var length = Math.Max(1, ValuesPerBlock / Math.Max(1, embeddings.shape[1]));
        for (var start = 0L; start < embeddings.shape[0]; start += length)
        {
            using var scope = NewDisposeScope();
            var rows = Math.Min(length, embeddings.shape[0] - start);
            action(embeddings.narrow(0, start, rows), clusters.narrow(0, start, rows));
        }
    }

    /// <summary>The moments of all points, the caller's to dispose of.</summary>
    public static ClusterMoments Moments(Tensor embeddings, Tensor clusters, int numberOfClusters)
    {
        var moments = new ClusterMoments();
        ForEach(embeddings, clusters, (points, numbers) => moments.Add(points, numbers, numberOfClusters));
        return moments;
    }
}
