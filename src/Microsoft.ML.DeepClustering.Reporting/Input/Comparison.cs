namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>A line chart of several series, such as the objective function mismatch by epoch of each method.</summary>
/// <param name="Title">The title.</param>
/// <param name="Series">The lines.</param>
internal sealed record Comparison(string Title, IReadOnlyList<Series> Series)
{
    /// <summary>One or two sentences about the chart. Default: none.</summary>
    public string Description { get; init; } = "";

    /// <summary>The name of the horizontal axis. Default: "epoch".</summary>
    public string HorizontalAxis { get; init; } = "epoch";

    /// <summary>The name of the vertical axis. Default: none.</summary>
    public string VerticalAxis { get; init; } = "";

    /// <summary>How the vertical axis is made. Default: from the values.</summary>
    public ValueAxis ValueAxis { get; init; } = ValueAxis.FromValues;
}
