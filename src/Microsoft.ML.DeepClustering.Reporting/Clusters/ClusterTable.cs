using System.Globalization;
using System.Text;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>The clusters as a table, which can be sorted.</summary>
internal static class ClusterTable
{
    /// <summary>The table, in a frame that scrolls.</summary>
    public static string Write(ClusterReport report)
    {
        var (sizes, total) = (report.Metrics.ClusterSizes, Math.Max(1, report.Metrics.ClusterSizes.Sum()));
        var clusters = Enumerable.Range(1, sizes.Count).ToArray();
        var used = Columns(report, sizes, total).Where(column => column.IsAlways || clusters.Any(cluster => double.IsFinite(column.Value(cluster)))).ToArray();
        var html = new StringBuilder("<table class=\"sortable\">\n<caption>Clusters</caption>\n<thead>\n<tr><th scope=\"col\" data-column=\"0\">cluster</th>");
        if (report.Map.IsKnown)
            html.Append("<th scope=\"col\" data-column=\"1\">class</th>");
        var first = report.Map.IsKnown ? 2 : 1;
        for (var i = 0; i < used.Length; i++)
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\" data-column=\"{first + i}\">{used[i].Title}</th>");
        html.Append("</tr>\n</thead>\n<tbody>\n");
        foreach (var cluster in clusters)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Link(report, cluster)}</th>");
            if (report.Map.IsKnown)
                html.Append($"<td>{(report.Map.ClassOf(cluster) is { } label ? Plain.Escape(report.Map.NameOf(label)) : "none")}</td>");
            html.Append(string.Concat(used.Select(column => Data(column, cluster)))).Append("</tr>\n");
        }

        html.Append("</tbody>\n</table>");
        return FigureHtml.Scroll(html.ToString(), "Clusters") + "\n";
    }

    private static IEnumerable<Column> Columns(ClusterReport report, IReadOnlyList<long> sizes, long total)
    {
        yield return new("rows", cluster => sizes[cluster - 1], value => Plain.Count((long)value), IsAlways: true);
        yield return new("share, %", cluster => (double)sizes[cluster - 1] / total, Plain.Percent, IsAlways: true);
        yield return new("of its class, %", cluster => Purity(report, cluster), Plain.Percent);
        yield return new("silhouette", cluster => report.Metrics.ClusterSilhouettes[cluster - 1], ClusterFacts.Measure);
        yield return new("mean distance", cluster => report.Rows.SumsOf(cluster)?.MeanDistance ?? double.NaN, Plain.Number);
        yield return new("mean probability", cluster => report.Rows.SumsOf(cluster)?.MeanProbability ?? double.NaN, ClusterFacts.Measure);
    }

    // Of the rows of a cluster that have a class, the share that is of the cluster's.
    private static double Purity(ClusterReport report, int cluster)
    {
        var table = report.Metrics.Contingency;
        return report.Map.ClassOf(cluster) is { } label ? (double)table[label, (uint)cluster] / table.ClusterTotals[cluster - 1] : double.NaN;
    }

    private static string Link(ClusterReport report, int cluster)
        => report.HasExamples && cluster <= report.ShownClusters ? $"<a href=\"#cluster-{cluster}\">{cluster}</a>" : $"{cluster}";

    private static string Data(Column column, int cluster)
    {
        var value = column.Value(cluster);
        return double.IsFinite(value)
            ? $"<td class=\"number\" data-value=\"{value.ToString("R", CultureInfo.InvariantCulture)}\">{column.Text(value)}</td>"
            : "<td class=\"number\" data-value=\"\">–</td>";
    }

    private sealed record Column(string Title, Func<int, double> Value, Func<double, string> Text, bool IsAlways = false);
}
