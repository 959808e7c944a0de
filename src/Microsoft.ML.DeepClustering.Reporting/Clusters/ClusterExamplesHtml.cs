using System.Text;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>The nearest and farthest rows of each cluster in the page.</summary>
internal static class ClusterExamplesHtml
{
    /// <summary>The section; null where no rows are shown.</summary>
    public static PageSection? Write(ClusterReport report)
    {
        if (!report.HasExamples)
            return null;
        var html = new StringBuilder(HtmlPage.Paragraph(
            "Of each cluster the rows of the lowest distance to it, the nearest first, and those of the highest, the farthest first. Each has its place in the data, counted from 0 in the order in which the rows were read, and its distance."));
        var headings = Enumerable.Range(1, report.ShownClusters).Select(cluster => ($"cluster-{cluster}", Title(report, cluster))).ToArray();
        foreach (var cluster in Enumerable.Range(1, report.ShownClusters))
            html.Append(Cluster(report, cluster, headings[cluster - 1].Item2));
        return new("examples", "Rows of the clusters", headings, html.ToString());
    }

    private static string Title(ClusterReport report, int cluster)
    {
        var size = report.Metrics.ClusterSizes[cluster - 1];
        return $"Cluster {cluster}{(report.Map.ClassOf(cluster) is { } label ? $" → {Plain.Shorten(report.Map.NameOf(label), 40)}" : "")}: {(size == 1 ? "1 row" : $"{Plain.Count(size)} rows")}";
    }

    private static string Cluster(ClusterReport report, int cluster, string title)
    {
        var id = $"cluster-{cluster}";
        var html = new StringBuilder($"<section class=\"cluster\" aria-labelledby=\"{id}\">\n<h3 id=\"{id}\">{Plain.Escape(title)}</h3>\n");
        var (nearest, farthest) = report.Rows.ExamplesOf(cluster) is { } examples ? (examples.Nearest(), examples.Farthest()) : ([], []);
        if (nearest.Count == 0)
            html.Append(report.Metrics.ClusterSizes[cluster - 1] == 0 ? "<p class=\"muted\">No rows.</p>\n" : "<p class=\"muted\">No row has a finite distance.</p>\n");
        html.Append("<div class=\"pair\">\n");
        if (report.Images.Decoded(cluster) is { } decoded)
            html.Append($"<div class=\"strip\"><h4>decoded centroid</h4>{decoded.ToHtml($"What the centroid of cluster {cluster} is decoded to")}</div>\n");
        if (report.Columns.Cells.Count > 0 && nearest.Count > 0)
            html.Append(Table(report, $"Rows nearest to cluster {cluster}", nearest)).Append(Table(report, $"Rows farthest from cluster {cluster}", farthest));
        else
            html.Append($"<div class=\"strip\">\n{Strip(report, $"{id}-nearest", "nearest", nearest)}{Strip(report, $"{id}-farthest", "farthest", farthest)}</div>\n");
        return html.Append("</div>\n</section>\n").ToString();
    }

    private static string Table(ClusterReport report, string title, IReadOnlyList<ExampleRow> rows) => rows.Count == 0 ? "" : ExampleTable.Write(report, title, rows);

    private static string Strip(ClusterReport report, string id, string title, IReadOnlyList<ExampleRow> rows)
    {
        if (rows.Count == 0)
            return "";
        var kind = report.Columns.Image is null ? "texts" : "images";
        return $"<div class=\"strip\"><h4 id=\"{id}\">{title}</h4>\n<ol class=\"{kind}\" aria-labelledby=\"{id}\">\n{string.Concat(rows.Select(row => Item(report, row)))}</ol></div>\n";
    }

    private static string Item(ClusterReport report, ExampleRow row)
    {
        var image = report.Images.Of(row)?.ToHtml(row.Text ?? $"row {row.Row}") ?? "";
        var text = row.Text is { } found ? $"<span class=\"text\">{(found.Length == 0 ? "(empty)" : Plain.Escape(found))}</span>" : "";
        string[] facts = [$"row {Plain.Count(row.Row)}", Plain.Number(row.Distance), .. report.ClassOf(row) is { } name ? new[] { $"class {Plain.Shorten(name, 24)}" } : []];
        return $"<li>{image}<span class=\"muted\">{string.Concat(facts.Select(fact => $"<span>{Plain.Escape(fact)}</span> "))}</span>{text}</li>\n";
    }
}
