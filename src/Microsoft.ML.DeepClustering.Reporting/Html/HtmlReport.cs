using System.Security.Cryptography;
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

    private static string Page(DrawnReport drawn)
    {
        var report = drawn.Report;
        var script = Resource("report.js");
        var policy = $"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'; base-uri 'none'; form-action 'none'";
        var sections = Sections(drawn).ToArray();
        var body = new StringBuilder();
        foreach (var section in sections)
            body.Append($"<section aria-labelledby=\"{section.Id}\">\n<h2 id=\"{section.Id}\">{Plain.Escape(section.Title)}</h2>\n{section.Body}</section>\n");
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta http-equiv="Content-Security-Policy" content="{policy}"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <title>{Plain.Escape(report.Title)}</title>
            <style>
            {ChartStyle.ForPage()}
            {Resource("report.css")}</style>
            </head>
            <body>
            <a class="skip" href="#content">To the content</a>
            <header>
            <h1>{Plain.Escape(report.Title)}</h1>
            {Paragraph(report.Introduction)}</header>
            {Contents(sections)}<main id="content" tabindex="-1">
            {body}</main>
            <script>{script}</script>
            </body>
            </html>

            """;
    }

    internal static string Paragraph(string text) => text == "" ? "" : $"<p>{Plain.Escape(text)}</p>\n";

    private static IEnumerable<Section> Sections(DrawnReport drawn)
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
            var headings = drawn.Runs.Select((run, i) => ($"run-{i + 1}", run.Run.Title)).ToArray();
            yield return new("runs", "Runs", headings, string.Concat(drawn.Runs.Select((run, i) => RunHtml.Write(run, $"run-{i + 1}"))));
        }
    }

    private static string Contents(IReadOnlyList<Section> sections)
    {
        if (sections.Count == 0)
            return "";
        static string Link(string id, string title) => $"<a href=\"#{id}\">{Plain.Escape(title)}</a>";
        var items = sections.Select(section => $"<li>{Link(section.Id, section.Title)}"
            + (section.Headings.Count == 0 ? "" : $"<ul>{string.Concat(section.Headings.Select(heading => $"<li>{Link(heading.Id, heading.Title)}</li>"))}</ul>") + "</li>\n");
        return $"<nav aria-label=\"Contents\">\n<ul>\n{string.Concat(items)}</ul>\n</nav>\n";
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(HtmlReport).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private sealed record Section(string Id, string Title, IReadOnlyList<(string Id, string Title)> Headings, string Body);
}
