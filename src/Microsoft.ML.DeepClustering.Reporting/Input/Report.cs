namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>What a report shows. All texts are plain; the report escapes them.</summary>
/// <param name="Title">The title of the page.</param>
internal sealed record Report(string Title)
{
    /// <summary>One or two sentences under the title. Default: none.</summary>
    public string Introduction { get; init; } = "";

    /// <summary>Sentences that a reader of the figures must know. Default: none.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Tables of results. Default: none.</summary>
    public IReadOnlyList<ResultTable> Tables { get; init; } = [];

    /// <summary>Line charts that compare methods. Default: none.</summary>
    public IReadOnlyList<Comparison> Comparisons { get; init; } = [];

    /// <summary>Runs shown in detail. Default: none.</summary>
    public IReadOnlyList<RunReport> Runs { get; init; } = [];
}
