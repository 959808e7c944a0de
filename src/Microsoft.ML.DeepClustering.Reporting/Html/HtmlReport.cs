using System.Text;
using Microsoft.ML.DeepClustering.Persistence;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Writes a report as one HTML file that asks for nothing from outside and can be read without its script.</summary>
internal static class HtmlReport
{
    /// <summary>Draws a report and writes it. An older file is replaced only when all is written.</summary>
    /// <param name="report">The report.</param>
    /// <param name="path">The file; its folder is made if it is missing.</param>
    /// <exception cref="ArgumentException">The report has parts that do not fit together.</exception>
    public static void Write(Report report, string path) => Write(DrawnReport.Draw(report), path);

    /// <summary>Writes a drawn report. An older file is replaced only when all is written.</summary>
    /// <param name="report">The drawn report.</param>
    /// <param name="path">The file; its folder is made if it is missing.</param>
    /// <exception cref="ArgumentException">The path names no file.</exception>
    public static void Write(DrawnReport report, string path)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? throw new ArgumentException($"'{path}' is a folder; give the path of a file.", nameof(path));
        Directory.CreateDirectory(folder);
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(Page(report))));
    }

    private static string Page(DrawnReport drawn) => HtmlPage.Write(drawn.Report.Title, drawn.Report.Introduction, Sections(drawn).ToArray());

    private static IEnumerable<PageSection> Sections(DrawnReport drawn)
    {
        var report = drawn.Report;
        if (report.Notes.Count > 0)
            yield return new("notes", "Notes", [], $"<ul>\n{string.Concat(report.Notes.Select(note => $"<li>{Plain.Escape(note)}</li>\n"))}</ul>\n");
        if (report.Tables.Count > 0)
            yield return new("results", "Results", [], string.Concat(report.Tables.Select(TableHtml.Write)));
        if (drawn.Comparisons.Count > 0)
            yield return new("comparisons", "Comparisons", [], FigureHtml.Grid(drawn.Comparisons));
        if (drawn.Runs.Count > 0)
        {
            // The same method on several data sets, perhaps.
            var hasOneDataset = drawn.Runs.Select(run => run.Run.Dataset).Distinct().Count() == 1;
            var headings = drawn.Runs.Select((run, i) => ($"run-{i + 1}", hasOneDataset ? run.Run.Title : $"{run.Run.Title}, {run.Run.Dataset}")).ToArray();
            yield return new("runs", "Runs", headings, string.Concat(drawn.Runs.Select((run, i) => RunHtml.Write(run, $"run-{i + 1}"))));
        }
    }
}
