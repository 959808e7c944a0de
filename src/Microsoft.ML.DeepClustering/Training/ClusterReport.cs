using Microsoft.ML.DeepClustering.Data;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>Warns when a trained method has fewer clusters than the user asked for.</summary>
internal static class ClusterReport
{
    private const string Advice = "Raise NumberOfRuns, train longer, lower LearningRate, or lower NumberOfClusters";

    /// <summary>Warns of clusters without rows, with the sizes of all, and of a cluster that has all rows.</summary>
    public static void Warn(ClusteringMethod method, TrainingRows data, DeepClusteringOptions options, TrainingEnvironment environment)
    {
        var sizes = Sizes(method, data, options);
        var empty = sizes.Count(s => s == 0);
        if (empty == 0)
            return;
        var advice = DistinctRows.TooFew(data, sizes.Length, options.CancellationToken) is { } cause ? cause : $"{Advice}.";
        environment.Warn(empty == sizes.Length - 1
            ? $"All {data.Count} rows are in cluster {Array.FindIndex(sizes, s => s > 0) + 1} of {sizes.Length}: the training has collapsed. {advice}"
            : $"{empty} of {sizes.Length} clusters have no training row (sizes: {string.Join(", ", sizes)}). {advice}");
    }

    private static long[] Sizes(ClusteringMethod method, TrainingRows data, DeepClusteringOptions options)
    {
        using var scope = NewDisposeScope();
        var clusters = AllRows.Clusters(method, data, options.ScoringBatchSize, options.CancellationToken);
        return bincount(clusters, minlength: options.NumberOfClusters).cpu().data<long>().ToArray();
    }
}
