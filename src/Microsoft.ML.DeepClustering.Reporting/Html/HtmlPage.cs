using System.Security.Cryptography;
using System.Text;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>A page that asks for nothing from outside and can be read without its script.</summary>
internal static class HtmlPage
{
    /// <summary>The text of a page.</summary>
    /// <param name="title">Its title, not escaped.</param>
    /// <param name="introduction">A sentence or two under the title, not escaped; may be empty.</param>
    /// <param name="sections">What is in it.</param>
    public static string Write(string title, string introduction, IReadOnlyList<PageSection> sections)
    {
        var script = Resource("report.js");
        var policy = $"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'; base-uri 'none'; form-action 'none'";
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
            <title>{Plain.Escape(title)}</title>
            <style>
            {ChartStyle.ForPage()}
            {Resource("report.css")}</style>
            </head>
            <body>
            <a class="skip" href="#content">To the content</a>
            <header>
            <h1>{Plain.Escape(title)}</h1>
            {Paragraph(introduction)}</header>
            {Contents(sections)}<main id="content" tabindex="-1">
            {body}</main>
            <script>{script}</script>
            </body>
            </html>

            """;
    }

    /// <summary>A paragraph of a text, which is escaped; nothing for an empty one.</summary>
    public static string Paragraph(string text) => text == "" ? "" : $"<p>{Plain.Escape(text)}</p>\n";

    private static string Contents(IReadOnlyList<PageSection> sections)
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
        using var reader = new StreamReader(typeof(HtmlPage).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
