using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.ML.DeepClustering.Reporting;
using Samples.Tests.Experiments;

namespace Samples.Tests.Reporting.Clusters;

/// <summary>A report that was written and read back.</summary>
internal sealed class ReportPage
{
    private readonly XDocument _page;

    private ReportPage(string text) => (Text, _page) = (text, HtmlReportTests.Parse(text));

    /// <summary>The file.</summary>
    public string Text { get; }

    /// <summary>The headings of its sections.</summary>
    public string[] Sections => [.. _page.Descendants("h2").Select(h => h.Value)];

    /// <summary>The titles of its pictures.</summary>
    public string[] Pictures => [.. _page.Descendants("figcaption").Select(c => c.Element("strong")!.Value)];

    /// <summary>The sentences of its notes.</summary>
    public string[] Notes => [.. _page.Descendants("section").Where(s => (string?)s.Attribute("aria-labelledby") == "notes").Descendants("li").Select(li => li.Value)];

    /// <summary>Its facts by their names.</summary>
    public Dictionary<string, string> Facts => _page.Descendants("dl").SelectMany(dl => dl.Elements("div")).ToDictionary(div => div.Element("dt")!.Value, div => div.Element("dd")!.Value);

    /// <summary>The rows of the table of clusters, cell by cell.</summary>
    public string[][] Table => [.. _page.Descendants("table").First().Element("tbody")!.Elements("tr").Select(tr => tr.Elements().Select(cell => cell.Value).ToArray())];

    public IEnumerable<XElement> Elements(string name) => _page.Descendants(name);

    /// <summary>The texts, or the captions of the images, of a cluster.</summary>
    /// <param name="cluster">From 1.</param>
    /// <param name="place">"nearest" or "farthest".</param>
    public XElement[] Examples(int cluster, string place)
        => [.. _page.Descendants("ol").Where(ol => (string?)ol.Attribute("aria-labelledby") == $"cluster-{cluster}-{place}").Elements("li")];

    /// <summary>The places in the data of the rows shown.</summary>
    public long[] Rows(int cluster, string place)
        => [.. Examples(cluster, place).SelectMany(li => li.Descendants("span").Where(span => !span.HasElements)).Select(span => Regex.Match(span.Value, @"^row ([\d,]+)$")).Where(m => m.Success)
            .Select(m => long.Parse(m.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture))];

    /// <summary>Writes a report and reads it.</summary>
    public static ReportPage Write(MLContext ml, IDataView scored, ReportOptions? options = null)
    {
        using var folder = new TestFolder();
        var path = Path.Combine(folder.Path, "report.html");
        ml.Clustering.WriteReport(scored, path, options);
        Assert.HasCount(1, Directory.GetFiles(folder.Path));
        return new(File.ReadAllText(path));
    }
}
