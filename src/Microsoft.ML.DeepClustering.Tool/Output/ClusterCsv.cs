using System.Globalization;
using CsvHelper;

namespace Microsoft.ML.DeepClustering.Tool.Output;

/// <summary>Writes the clusters as CSV in UTF-8.</summary>
internal static class ClusterCsv
{
    public static void Write(ClusterTable table, string path)
    {
        using var file = File.Create(path);
        using var csv = CsvWriter.Create(file, new() { NewLine = "\n" });
        string[] titles = ["row", .. Optional(table.Names?.Title), "cluster", "probability", "distance", .. Optional(table.Labels == null ? null : "label")];
        csv.WriteRecord(titles);
        var (clusters, probabilities, distances) = table.Scored;
        for (var i = 0; i < table.Rows; i++)
        {
            string[] fields =
            [
                Text(i + 1), .. Optional(table.Names?.Values[i]), Text(clusters[i]), ClusterTable.Text(probabilities[i]), ClusterTable.Text(distances[i]), .. Optional(table.Labels?[i]),
            ];
            csv.WriteRecord(fields);
        }
    }

    private static string[] Optional(string? value) => value == null ? [] : [value];

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
