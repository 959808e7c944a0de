namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Rows of an embedding. Those that hold NaN or infinity are left out and counted.</summary>
/// <param name="Rows">n rows of p values each.</param>
/// <param name="Clusters">The cluster of each row, 1 to k as in PredictedLabel; 0 for none.</param>
internal sealed record EmbeddedRows(IReadOnlyList<float[]> Rows, IReadOnlyList<int> Clusters)
{
    /// <summary>The class of each row, an index into <see cref="RunReport.ClassNames"/>; -1 for none. Default: null, no labels.</summary>
    public IReadOnlyList<int>? Classes { get; init; }
}
