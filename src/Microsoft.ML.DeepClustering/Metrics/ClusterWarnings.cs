using System.Globalization;

namespace Microsoft.ML.DeepClustering.Metrics;

/// <summary>Says what makes clusters doubtful, with counts and advice.</summary>
internal static class ClusterWarnings
{
    // Ten starts tell smaller differences of stability not apart from chance.
    private const double StabilityMargin = 0.05;

    // More keys are only counted.
    private const int MaximumKeysNamed = 20;

    /// <summary>The keys of the clusters without rows.</summary>
    public static uint[] Empty(IReadOnlyList<long> sizes)
        => Enumerable.Range(0, sizes.Count).Where(j => sizes[j] == 0).Select(j => (uint)j + 1).ToArray();

    /// <summary>The key of the cluster whose share of the rows exceeds (1 + 1/k)/2, null if there is none.</summary>
    public static uint? Dominant(IReadOnlyList<long> sizes)
    {
        var bound = (1 + 1.0 / sizes.Count) / 2 * sizes.Sum();
        for (var j = 0; j < sizes.Count; j++)
        {
            if (sizes[j] > bound)
                return (uint)j + 1;
        }

        return null;
    }

    /// <summary>One sentence each for empty clusters, a dominant cluster, rows without a finite embedding, and an embedding less stable than the features.</summary>
    public static IEnumerable<string> Describe(DeepClusteringMetrics metrics)
    {
        var (empty, sizes) = (metrics.EmptyClusters, metrics.ClusterSizes);
        if (empty.Count > 0)
        {
            yield return $"{empty.Count} of {sizes.Count} clusters {(empty.Count == 1 ? "has" : "have")} no row ({Keys(empty)}); "
                + "raise NumberOfRuns, train longer, or lower NumberOfClusters.";
        }

        if (metrics.DominantCluster is { } key)
        {
            var (size, rows) = (sizes[(int)key - 1], sizes.Sum());
            yield return string.Create(CultureInfo.InvariantCulture, $"The cluster of key {key} has {size} of {rows} rows, {100.0 * size / rows:0.0} %; ")
                + "raise NumberOfRuns, lower LearningRate, or check that the features are scaled.";
        }

        if (metrics.RowsWithoutEmbedding is > 0 and var rowsLeftOut)
        {
            yield return $"{rowsLeftOut} {(rowsLeftOut == 1 ? "row has" : "rows have")} a value in column '{metrics.EmbeddingColumnName}' that is not finite and "
                + "count neither for Silhouette nor for DaviesBouldinIndex and CalinskiHarabaszIndex; use ReplaceMissingValues, or filter such rows.";
        }

        foreach (var kmeans in new[] { metrics.KMeansOfFeatures, metrics.KMeansOfEmbedding }.OfType<KMeansYardstick>().Where(k => double.IsNaN(k.Stability)))
        {
            yield return $"K-means on column '{kmeans.ColumnName}' leaves clusters without rows: of its {kmeans.RowCount} rows fewer differ than there are clusters ({sizes.Count}); "
                + "lower NumberOfClusters, or look at what made the rows alike.";
        }

        if (metrics is { KMeansOfFeatures: { } features, KMeansOfEmbedding: { } embedding } && embedding.Stability < features.Stability - StabilityMargin)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The {embedding.NumberOfStarts} starts of k-means agree less in column '{embedding.ColumnName}' ({embedding.Stability:0.00}) than in '{features.ColumnName}' ({features.Stability:0.00}): ")
                + "the embedding may have lost what tells the rows apart; train longer, compare the measures with those of k-means, or take k-means on the features.";
        }
    }

    private static string Keys(IReadOnlyList<uint> keys)
    {
        var named = string.Join(", ", keys.Take(MaximumKeysNamed));
        var more = keys.Count > MaximumKeysNamed ? $" and {keys.Count - MaximumKeysNamed} more" : "";
        return $"{(keys.Count == 1 ? "key" : "keys")} {named}{more}";
    }
}
