namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Rows of an embedding. Those that hold NaN or infinity are left out and counted.</summary>
/// <param name="Rows">n rows of p values each.</param>
/// <param name="Clusters">The cluster of each row, 1 to k as in PredictedLabel; 0 for none.</param>
internal sealed record EmbeddedRows(IReadOnlyList<float[]> Rows, IReadOnlyList<int> Clusters)
{
    /// <summary>The class of each row, an index into <see cref="RunReport.ClassNames"/>; -1 for none. Default: null, no labels.</summary>
    public IReadOnlyList<int>? Classes { get; init; }

    /// <summary>How many rows these were drawn of, with the seed of the run; null where these are all. Default: null.</summary>
    public long? DrawnOf { get; init; }

    /// <summary>The most rows that are drawn by their principal components. Default: 2000.</summary>
    public int MaximumByComponents { get; init; } = 2000;

    /// <summary>The most rows that are drawn by t-SNE, whose time grows with their square. Default: 1000.</summary>
    public int MaximumByNeighbours { get; init; } = 1000;

    /// <summary>Whether the map by t-SNE is drawn once more, coloured by class. Default: false.</summary>
    public bool ColourByClass { get; init; }
}
