namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>A report on clusters as a page.</summary>
internal static class ClusterPage
{
    /// <summary>The text of the page.</summary>
    public static string Write(ClusterReport report, ReportOptions options)
    {
        var metrics = report.Metrics;
        var introduction = $"{(metrics.RowCount == 1 ? "1 row" : $"{Plain.Count(metrics.RowCount)} rows")} in {(metrics.NumberOfClusters == 1 ? "1 cluster" : $"{Plain.Count(metrics.NumberOfClusters)} clusters")}.";
        return HtmlPage.Write(options.Title ?? "Clusters", introduction, Sections(report, options).ToArray());
    }

    private static IEnumerable<PageSection> Sections(ClusterReport report, ReportOptions options)
    {
        var notes = ClusterFacts.Notes(report, options).ToArray();
        if (notes.Length > 0)
            yield return new("notes", "Notes", [], $"<ul>\n{string.Concat(notes.Select(note => $"<li>{Plain.Escape(note)}</li>\n"))}</ul>\n");
        var (map, sizes) = Split(report.Drawn);
        yield return new("sizes", "Clusters", [], ClusterFacts.ToHtml(ClusterFacts.OfClusters(report)) + FigureHtml.Beside(sizes, ClusterTable.Write(report)));
        if (report.Drawn.Embedding.Count > 0)
            yield return new("embedding", "Map of the rows", [], FigureHtml.Grid(report.Drawn.Embedding));
        if (report.Metrics.NumberOfClasses > 0)
            yield return new("classes", "Clusters and classes", [], ClusterFacts.ToHtml(ClusterFacts.OfClasses(report.Metrics)) + (map.Count > 0 ? FigureHtml.Grid(map) : ""));
        if (ClusterExamplesHtml.Write(report) is { } examples)
            yield return examples;
        if (options.Model is { } model)
            yield return new("training", "Training", [], ClusterFacts.ToHtml(ClusterFacts.OfTraining(model)) + (report.Drawn.Curves.Count > 0 ? FigureHtml.Grid(report.Drawn.Curves) : ""));
    }

    // The class map, and the bars of the sizes.
    private static (IReadOnlyList<Picture> Map, IReadOnlyList<Picture> Sizes) Split(DrawnRun drawn)
        => drawn.Run.Contingency is null ? ([], drawn.Clusters) : ([drawn.Clusters[0]], drawn.Clusters.Skip(1).ToArray());
}
