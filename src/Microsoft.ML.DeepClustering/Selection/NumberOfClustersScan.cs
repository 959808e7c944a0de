namespace Microsoft.ML.DeepClustering;

/// <summary>The outcome of <see cref="NumberOfClustersCatalog.ScanNumberOfClusters"/>.</summary>
/// <param name="Results">What was found for each number of clusters, in ascending order.</param>
/// <param name="SuggestedNumberOfClusters">The number of clusters that the rule of the scan chooses; null when no number of clusters qualifies.</param>
/// <param name="Reason">A sentence that says why it is this one, or why there is none.</param>
public sealed record NumberOfClustersScan(
    IReadOnlyList<ScannedNumberOfClusters> Results, int? SuggestedNumberOfClusters, string Reason)
{
    /// <summary>A line for each number of clusters, then the reason.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Results.Select(r => r.ToString()).Append(Reason));
}
