using System.Globalization;
using System.Text;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Rows of a cluster by their values.</summary>
internal static class ExampleTable
{
    /// <summary>The table, in a frame that scrolls.</summary>
    /// <param name="report">The report.</param>
    /// <param name="title">What rows these are, not escaped.</param>
    /// <param name="rows">The rows, at least one.</param>
    public static string Write(ClusterReport report, string title, IReadOnlyList<ExampleRow> rows)
    {
        var hasClasses = report.Metrics.NumberOfClasses > 0;
        string[] heads = ["row", "distance", .. hasClasses ? ["class"] : Array.Empty<string>(), .. CellReader.Names(report.Columns.Cells)];
        var html = new StringBuilder($"<table>\n<caption>{Plain.Escape(title)}</caption>\n<thead>\n<tr>");
        html.Append(string.Concat(heads.Select(head => $"<th scope=\"col\">{Plain.Escape(head)}</th>"))).Append("</tr>\n</thead>\n<tbody>\n");
        foreach (var row in rows)
        {
            string[] cells = [Plain.Number(row.Distance), .. hasClasses ? [report.ClassOf(row) ?? ""] : Array.Empty<string>(), .. row.Cells];
            html.Append($"<tr><th scope=\"row\">{Plain.Count(row.Row)}</th>{string.Concat(cells.Select(Data))}</tr>\n");
        }

        return FigureHtml.Scroll(html.Append("</tbody>\n</table>").ToString(), title) + "\n";
    }

    private static string Data(string cell)
        => $"<td{(double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? " class=\"number\"" : "")}>{Plain.Escape(cell)}</td>";
}
