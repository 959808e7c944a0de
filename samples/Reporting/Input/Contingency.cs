namespace Samples.Reporting;

/// <summary>How many rows of each class lie in each cluster.</summary>
/// <param name="Counts">Rows of class i (first index, as in <see cref="RunReport.ClassNames"/>) in cluster j + 1 (second index).</param>
public sealed record Contingency(long[,] Counts)
{
    /// <summary>
    /// The class that each cluster is mapped to by the best one-to-one map, the one behind ACC; null for a cluster mapped to none.
    /// Default: null, found from the counts.
    /// </summary>
    public IReadOnlyList<int?>? ClassOfCluster { get; init; }

    /// <summary>Counts rows.</summary>
    /// <param name="classes">The class of each row, from 0; a row of -1 is left out.</param>
    /// <param name="clusters">The cluster of each row, 1 to k, as many as classes; a row of 0 is left out.</param>
    /// <param name="numberOfClasses">The number of classes, those without rows too.</param>
    /// <param name="numberOfClusters">k, those without rows too.</param>
    public static Contingency Count(IReadOnlyList<int> classes, IReadOnlyList<int> clusters, int numberOfClasses, int numberOfClusters)
    {
        if (classes.Count != clusters.Count)
            throw new ArgumentException($"There are {classes.Count} classes but {clusters.Count} clusters; give one of each for every row.", nameof(clusters));
        var counts = new long[numberOfClasses, numberOfClusters];
        foreach (var (label, cluster) in classes.Zip(clusters))
        {
            if (label >= 0 && cluster > 0)
                counts[label, cluster - 1]++;
        }

        return new(counts);
    }
}
