namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>A table of results. Columns that no row has a value for are left out.</summary>
/// <param name="Title">The caption.</param>
/// <param name="Rows">One row a method and data set.</param>
internal sealed record ResultTable(string Title, IReadOnlyList<ResultRow> Rows)
{
    /// <summary>One or two sentences about the table. Default: none.</summary>
    public string Description { get; init; } = "";
}
