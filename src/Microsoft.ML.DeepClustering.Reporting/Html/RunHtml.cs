using System.Text;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>A run in the page.</summary>
internal static class RunHtml
{
    /// <summary>The run's section.</summary>
    public static string Write(DrawnRun drawn, string id)
    {
        var run = drawn.Run;
        var html = new StringBuilder($"<section aria-labelledby=\"{id}\">\n<h3 id=\"{id}\">{Plain.Escape(run.Title)}</h3>\n");
        html.Append($"<p class=\"muted\">{Plain.Escape(run.Dataset)}</p>\n");
        if (run.History is { Failure: { } failure, BestEpoch: var kept })
            html.Append($"<p><strong>The run {(kept > 0 ? "ended early" : "failed")}:</strong> {Plain.Escape(failure)}</p>\n");
        if (run.Facts.Count > 0)
            html.Append($"<dl class=\"facts\">\n{string.Concat(run.Facts.Select(fact => $"<div><dt>{Plain.Escape(fact.Name)}</dt><dd>{Plain.Escape(fact.Value)}</dd></div>\n"))}</dl>\n");
        foreach (var pictures in new[] { drawn.Curves, drawn.Embedding, drawn.Clusters }.Where(pictures => pictures.Count > 0))
            html.Append(FigureHtml.Grid(pictures));
        if (drawn.Sheet is { } sheet)
            html.Append(Strips(drawn.Strips, sheet));
        return html.Append("</section>\n").ToString();
    }

    private static string Strips(IReadOnlyList<ClusterStrips> clusters, Picture sheet)
    {
        var html = new StringBuilder($"<figure class=\"wide\">\n{FigureHtml.Caption(sheet.Title, sheet.Caption)}\n<ul class=\"strips\">\n");
        foreach (var cluster in clusters)
        {
            html.Append($"<li>{Plain.Escape(cluster.Label)}<div class=\"pair\">");
            if (cluster.Decoded is { } decoded)
                html.Append($"<span class=\"strip\">decoded{Image(decoded, $"What the centroid of cluster {cluster.Cluster} is decoded to")}</span>");
            html.Append(Strip(cluster.Nearest, "nearest to", cluster.Cluster)).Append(Strip(cluster.Farthest, "farthest from", cluster.Cluster));
            html.Append("</div></li>\n");
        }

        return html.Append("</ul>\n</figure>\n").ToString();
    }

    private static string Strip(ImageStrip? strip, string place, int cluster)
        => strip is null ? "" : $"<span class=\"strip\">{place} the cluster, distance {strip.Distances}{Image(strip, $"The {strip.Images} images {place} cluster {cluster}")}</span>";

    private static string Image(ImageStrip strip, string text)
    {
        var zoom = SheetPicture.Zoom(strip);
        return $"<img alt=\"{text}\" width=\"{strip.Width * zoom}\" height=\"{strip.Height * zoom}\" src=\"{strip.Address}\"/>";
    }
}
