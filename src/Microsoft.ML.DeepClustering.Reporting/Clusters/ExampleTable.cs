using System.Text;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>The rows of a cluster by their values.</summary>
internal static class ExampleTable
{
    /// <summary>The table, in a frame that scrolls.</summary>
    public static string Write(ClusterReport report, int cluster, IReadOnlyList<ExampleRow> nearest, IReadOnlyList<ExampleRow> farthest)
    {
        var names = CellReader.Names(report.Columns.Cells);
        var hasClasses = report.Metrics.NumberOfClasses > 0;
        string[] heads = ["row", "distance", .. hasClasses ? ["class"] : Array.Empty<string>(), .. names];
        var html = new StringBuilder($"<table>\n<caption>Rows nearest to cluster {cluster} and farthest from it</caption>\n<thead>\n<tr>");
        html.Append(string.Concat(heads.Select(head => $"<th scope=\"col\">{Plain.Escape(head)}</th>"))).Append("</tr>\n</thead>\n");
        foreach (var (title, rows) in new[] { ("nearest", nearest), ("farthest", farthest) })
        {
            if (rows.Count == 0)
                continue;
            html.Append($"<tbody>\n<tr><th scope=\"rowgroup\" colspan=\"{heads.Length}\">{title}</th></tr>\n");
            foreach (var row in rows)
            {
                string[] cells = [Plain.Number(row.Distance), .. hasClasses ? [report.ClassOf(row) ?? ""] : Array.Empty<string>(), .. row.Cells];
                html.Append($"<tr><th scope=\"row\">{Plain.Count(row.Row)}</th>{string.Concat(cells.Select(cell => $"<td>{Plain.Escape(cell)}</td>"))}</tr>\n");
            }

            html.Append("</tbody>\n");
        }

        return FigureHtml.Scroll(html.Append("</table>").ToString(), $"Rows of cluster {cluster}") + "\n";
    }
}
