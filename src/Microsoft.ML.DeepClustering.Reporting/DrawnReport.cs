namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>A report with its pictures drawn: to write it both as a page and as files without drawing it, and finding its maps, twice.</summary>
internal sealed class DrawnReport
{
    private DrawnReport(Report report, IReadOnlyList<Picture> comparisons, IReadOnlyList<DrawnRun> runs)
        => (Report, Comparisons, Runs) = (report, comparisons, runs);

    /// <summary>What was drawn.</summary>
    public Report Report { get; }

    internal IReadOnlyList<Picture> Comparisons { get; }

    internal IReadOnlyList<DrawnRun> Runs { get; }

    /// <summary>Draws all pictures. Each run with an embedding takes some seconds, for its t-SNE.</summary>
    /// <param name="report">The report.</param>
    /// <param name="cancellation">Honoured between pictures and within t-SNE.</param>
    /// <exception cref="ArgumentException">The report has parts that do not fit together.</exception>
    public static DrawnReport Draw(Report report, CancellationToken cancellation = default)
    {
        ReportFaults.Check(report);
        var comparisons = report.Comparisons
            .Select((chart, i) => LineChart.Draw(PictureName.Make($"comparison-{i + 1}", chart.Title), chart))
            .ToArray();
        var runs = report.Runs.Select((run, i) => RunPictures.Draw($"run-{i + 1}", run, cancellation)).ToArray();
        return new(report, comparisons, runs);
    }
}
