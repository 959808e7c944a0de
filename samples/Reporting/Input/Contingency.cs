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
}
