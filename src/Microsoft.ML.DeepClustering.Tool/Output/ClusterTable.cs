using System.Globalization;
using Microsoft.ML.DeepClustering.Tool.Input;
using Microsoft.ML.DeepClustering.Tool.Modelling;

namespace Microsoft.ML.DeepClustering.Tool.Output;

/// <summary>The table of the clusters: one row for each row of the input, in its order.</summary>
internal sealed class ClusterTable(LoadedInput input, ScoredRows rows)
{
    public int Rows => input.Rows;

    public int[] RowNumbers => [.. Enumerable.Range(1, input.Rows)];

    /// <summary>The files or the identifiers, and their title; null without.</summary>
    public (string Title, string[] Values)? Names => input.Names is { } names ? (Unused(input.NameTitle), names) : null;

    public string[]? Labels => input.Labels;

    public ScoredRows Scored => rows;

    /// <summary>Writes the table in a format, "csv" or "parquet", into a file of that name.</summary>
    public async Task WriteAsync(string format, Func<string, string> place)
    {
        var path = place($"clusters.{format}");
        if (format == "parquet")
            await ClusterParquet.WriteAsync(this, path);
        else
            ClusterCsv.Write(this, path);
    }

    /// <summary>A number as it stands in a text file: as short as it can be read back.</summary>
    public static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    // The identifiers keep their title, unless it is one of the table's own.
    private static string Unused(string title) => title is "row" or "cluster" or "probability" or "distance" or "label" ? $"input {title}" : title;
}
