using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.ML.DeepClustering.Reporting;

namespace Samples.Tests.Reporting;

[TestClass]
public sealed class HtmlReportTests
{
    private const string Hostile = "<script>alert(1)</script> & \"quoted\" 'so' ]]> --> \u0000\u0008\u001b\u202e\uD800 \r\n\t end";

    // Its maps take a while; one page is enough for all who only read it.
    private static readonly Lazy<string> Full = new(() => WriteText(ExampleReport.Make()));

    [TestMethod]
    [DataRow("usps", "DEC, seed 1; DEC, seed 2")]
    [DataRow("digits", "DEC, seed 1, usps; DEC, seed 2, digits")]
    public void Write_RunsOnSeveralDataSets_AreNamedWithThemInTheContents(string second, string expected)
    {
        var report = new Report("R") { Runs = [new("DEC, seed 1", "usps"), new("DEC, seed 2", second)] };
        Assert.AreEqual(expected, string.Join("; ", Parse(WriteText(report)).Descendants("nav").Descendants("li").Where(li => li.Element("ul") is null).Select(li => li.Value)));
    }

    [TestMethod]
    public void Write_FullReport_HasAllOfItsParts()
    {
        var page = Parse(Full.Value);
        CollectionAssert.AreEqual(new[] { "Deep clustering: results" }, page.Descendants("h1").Select(h => h.Value).ToArray());
        CollectionAssert.AreEqual(new[] { "Notes", "Results", "Comparisons", "Runs" }, page.Descendants("h2").Select(h => h.Value).ToArray());
        CollectionAssert.AreEqual(new[] { "DDC-UCO, tensor, seed 1", "DDC, seed 2" }, page.Descendants("h3").Select(h => h.Value).ToArray());
        string[] first = ["Losses, pretraining", "Losses, clustering", "Conflicted rows, clustering", "Bounds of a clear row, clustering", "Objective function mismatch", "Performance"];
        string[] expected =
        [
            "Objective function mismatch by epoch", .. first, "Embedding, principal components", "Embedding, t-SNE",
            "Classes and clusters", "Cluster sizes", "Images of each cluster", .. first, "Cluster sizes",
        ];
        CollectionAssert.AreEqual(expected, page.Descendants("figcaption").Select(c => c.Element("strong")!.Value).ToArray());
    }

    [TestMethod]
    public void Write_FullReport_AsksForNothingFromOutside()
    {
        var text = Full.Value;
        Assert.DoesNotContain("http:", text);
        Assert.DoesNotContain("https:", text);
        Assert.DoesNotContain("@import", text);
        Assert.DoesNotContain("url(", text);
        foreach (var link in Parse(text).Descendants().Attributes().Where(a => a.Name.LocalName is "href" or "src" or "srcset" or "action" or "data"))
            Assert.IsTrue(link.Value.StartsWith('#') || link.Value.StartsWith("data:image/png;base64,", StringComparison.Ordinal), link.Value);
    }

    [TestMethod]
    public void Write_FullReport_AllowsOnlyItsOwnScript()
    {
        var text = Full.Value;
        var policy = Parse(text).Descendants("meta").Single(m => (string?)m.Attribute("http-equiv") == "Content-Security-Policy").Attribute("content")!.Value;
        var script = Regex.Match(text, "<script>(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;
        Assert.IsGreaterThan(100, script.Length);
        StringAssert.Contains(policy, "default-src 'none'");
        StringAssert.Contains(policy, $"script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'");
        Assert.IsEmpty(Parse(text).Descendants().Attributes().Where(a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Write_FullReport_IdsAreUniqueAndLinksLeadSomewhere()
    {
        var page = Parse(Full.Value);
        var ids = page.Descendants().Attributes("id").Select(a => a.Value).ToArray();
        CollectionAssert.AllItemsAreUnique(ids);
        var named = page.Descendants().Attributes("aria-labelledby").SelectMany(a => a.Value.Split(' '));
        var linked = page.Descendants("a").Select(a => a.Attribute("href")!.Value[1..]);
        CollectionAssert.IsSubsetOf(named.Concat(linked).Distinct().ToArray(), ids);
    }

    [TestMethod]
    public void Write_FullReport_EveryFigureHasATextAlternative()
    {
        var page = Parse(Full.Value);
        foreach (var picture in page.Descendants("svg"))
        {
            Assert.AreEqual("img", picture.Attribute("role")!.Value);
            Assert.AreNotEqual("", picture.Element("title")!.Value);
            Assert.IsGreaterThan(20, picture.Element("desc")!.Value.Length);
        }

        var images = page.Descendants("img").ToArray();
        // Cluster 10 is empty, but its centroid is decoded.
        Assert.HasCount(28, images);
        Assert.AreEqual("What the centroid of cluster 1 is decoded to", images[0].Attribute("alt")!.Value);
        Assert.AreEqual("The 8 images nearest to cluster 1", images[1].Attribute("alt")!.Value);
        foreach (var figure in page.Descendants("figure"))
            Assert.IsTrue(figure.Descendants("svg").Any() || figure.Descendants("img").Any());
    }

    [TestMethod]
    public void Write_FullReport_HeadingsAreInOrderAndTablesAreScoped()
    {
        var page = Parse(Full.Value);
        var level = 0;
        foreach (var heading in page.Descendants().Where(e => Regex.IsMatch(e.Name.LocalName, "^h[1-6]$")))
        {
            var next = heading.Name.LocalName[1] - '0';
            Assert.IsLessThanOrEqualTo(level + 1, next, heading.Value);
            level = next;
        }

        Assert.AreEqual("USPS and MNIST-test", page.Descendants("caption").Single().Value);
        Assert.IsTrue(page.Descendants("th").All(th => th.Attribute("scope") is not null));
        Assert.AreEqual("#content", page.Descendants("body").Single().Elements().First().Attribute("href")!.Value);
        Assert.IsTrue(page.Descendants("div").Where(d => (string?)d.Attribute("class") == "scroll").All(d => (string?)d.Attribute("tabindex") == "0"));
    }

    [TestMethod]
    public void Write_ResultTable_ShowsPercentAndTheDifferenceToTheComparedValue()
    {
        var rows = Parse(Full.Value).Descendants("tbody").Single().Elements("tr").Select(tr => tr.Elements().Select(e => e.Value).ToArray()).ToArray();
        string[] tensor =
        [
            "DDC-UCO, tensor", "USPS", "Glorot uniform, 200 epochs, 1e-4", "20", "74.2 ± 1.1", "68.8 ± 4.3", "76.5 ± 0.6", "73.1 ± 2.8", "68.4 ± 1.0", "62.2 ± 4.0",
            "75.6", "77.4", "Trosten et al. 2024, Table 2", "−1.4", "−0.9", "lowest loss", "-1.21", "0.83", "-1.40", "0.90", "2 of 20 runs lost a cluster",
        ];
        CollectionAssert.AreEqual(tensor, rows[0]);
        // The mean is compared: 67.1 - 67.9, not 66.1 - 67.9.
        CollectionAssert.AreEqual(new[] { "−0.8", "+0.1", "mean" }, rows[1][13..16]);
        CollectionAssert.AreEqual(new[] { "k-means", "MNIST-test", "", "1", "53.4", "", "49.8", "" }, rows[2][..8]);
    }

    [TestMethod]
    public void Write_ColumnsThatNoRowHas_AreLeftOut()
    {
        var page = Write(new Report("R") { Tables = [new("T", [new("k-means", "USPS") { Accuracy = new(0.5) }])] });
        CollectionAssert.AreEqual(new[] { "Method", "Data", "Runs", "ACC, %", "one run" }, page.Descendants("thead").Single().Descendants("th").Select(th => th.Value).ToArray());
        CollectionAssert.AreEqual(new[] { "0", "1", "2", "3" }, page.Descendants("th").Attributes("data-column").Select(a => a.Value).ToArray());
    }

    [TestMethod]
    public void Write_HostileNames_AreShownAndNotObeyed()
    {
        var plain = Parse(Full.Value);
        var text = WriteText(ExampleReport.Make(Hostile));
        var page = Parse(text);
        Assert.HasCount(1, Regex.Matches(text, "<script"));
        const string Shown = "<script>alert(1)</script> & \"quoted\" 'so' ]]> --> \uFFFD\uFFFD\uFFFD\uFFFD\uFFFD     end";
        Assert.AreEqual(Shown, page.Descendants("h1").Single().Value);
        Assert.AreEqual(Shown, page.Descendants("tbody").Single().Descendants("th").First().Value);
        // No name makes an element or an attribute, in tables, figures, lists or tooltips.
        static string[] Names(XDocument document) => document.Descendants().Where(e => e.Name.LocalName is not ("text" or "title" or "path"))
            .SelectMany(e => e.Attributes().Select(a => a.Name.LocalName).Prepend(e.Name.LocalName)).Distinct().Order().ToArray();
        CollectionAssert.AreEqual(Names(plain), Names(page));
    }

    [TestMethod]
    public void Write_OtherCulture_WritesTheSame()
    {
        var before = CultureInfo.CurrentCulture;
        var report = ExampleReport.Make(rows: 40);
        var expected = WriteText(report);
        try
        {
            // A comma in numbers, another minus and another group sign.
            CultureInfo.CurrentCulture = new CultureInfo("")
            {
                NumberFormat = new() { NumberDecimalSeparator = ",", NegativeSign = "minus", NumberGroupSeparator = "_", NaNSymbol = "nope" },
            };
            Assert.AreEqual(expected, WriteText(report));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestMethod]
    [DataRow(0, "failed")]
    [DataRow(3, "ended early")]
    public void Write_RunThatDiverged_SaysWhy(int bestEpoch, string what)
    {
        var page = Write(new Report("R") { Runs = [new("r", "d") { History = new(1, double.NaN, bestEpoch, [], "The loss became <NaN>."), Facts = [new("seed", "1")] }] });
        Assert.AreEqual($"The run {what}: The loss became <NaN>.", page.Descendants("p").Last().Value);
        Assert.AreEqual("seed1", page.Descendants("dl").Single().Value.Trim());
        Assert.IsEmpty(page.Descendants("figure"));
    }

    [TestMethod]
    public void Write_EmptyReport_IsAPage()
    {
        var page = Write(new Report("Nothing"));
        Assert.AreEqual("Nothing", page.Descendants("h1").Single().Value);
        Assert.IsEmpty(page.Descendants("h2"));
        Assert.IsEmpty(page.Descendants("nav"));
    }

    [TestMethod]
    public void Write_Themes_ContrastWithTheirGround()
    {
        var text = WriteText(new Report("R"));
        var themes = Regex.Matches(text, ":root\\{(--[^}]+)\\}").Select(m => m.Groups[1].Value.Split(';', StringSplitOptions.RemoveEmptyEntries).ToDictionary(v => v.Split(':')[0], v => v.Split(':')[1])).ToArray();
        Assert.HasCount(2, themes);
        foreach (var theme in themes)
        {
            foreach (var (name, least) in new[] { ("--text", 7.0), ("--muted", 4.5), ("--link", 4.5) })
            {
                Assert.IsGreaterThanOrEqualTo(least, Contrast(theme[name], theme["--bg"]), name);
                Assert.IsGreaterThanOrEqualTo(least, Contrast(theme[name], theme["--panel"]), name);
            }

            foreach (var series in Enumerable.Range(0, 10))
                Assert.IsGreaterThanOrEqualTo(3.0, Contrast(theme[$"--s{series}"], theme["--bg"]), $"s{series}");
        }

        // Numbers on the steps of the heat map, the first rules for the light theme, the second for the dark one.
        var onHeat = Regex.Matches(text, "\\.chart \\.t(\\d+)\\{fill:(#\\w+)\\}").Select(m => (Step: int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture), Colour: m.Groups[2].Value)).ToArray();
        Assert.HasCount(22, onHeat);
        foreach (var (index, (step, colour)) in onHeat.Index())
            Assert.IsGreaterThanOrEqualTo(4.5, Contrast(colour, Blend(themes[index / 11]["--heat"], themes[index / 11]["--bg"], step / 10.0)), $"step {step}");
    }

    [TestMethod]
    public void Write_OlderFile_IsReplacedAndNothingElseIsLeft()
    {
        var folder = Directory.CreateTempSubdirectory("report");
        try
        {
            var path = Path.Combine(folder.FullName, "new", "report.html");
            HtmlReport.Write(new Report("First"), path);
            HtmlReport.Write(new Report("Second"), path);
            StringAssert.Contains(File.ReadAllText(path), "Second");
            CollectionAssert.AreEqual(new[] { path }, Directory.GetFiles(Path.GetDirectoryName(path)!));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TestMethod]
    public void Write_TargetThatCannotBeReplaced_LeavesNothingBehind()
    {
        var folder = Directory.CreateTempSubdirectory("report");
        try
        {
            var path = folder.CreateSubdirectory("report.html").FullName;
            Assert.Throws<SystemException>(() => HtmlReport.Write(new Report("R"), path));
            Assert.IsEmpty(folder.GetFiles());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TestMethod]
    public void Write_PartsThatDoNotFit_SaysAllOfThem()
    {
        var run = new RunReport("Odd", "data")
        {
            Embedding = new([[1, 2], [3]], [1, 2, -3]),
            ClassNames = ["a"],
            Contingency = new(new long[2, 1], [0, 0]),
            Images = new(2, 2, [[1, 2, 3]], [1], []) { Channels = 2 },
        };
        var e = Assert.ThrowsExactly<ArgumentException>(() => DrawnReport.Draw(new Report("R") { Runs = [run], Tables = [new("T", [new("m", "d") { Runs = -1 }])] }));
        string[] parts =
        [
            "The row 'm' has -1 runs; give 0 or more.", "Run 'Odd': the embedding has 2 rows but 3 clusters", "rows of 2 and of 1 values", "the cluster -3",
            "2 classes, but there are 1 class names", "2 entries for 1 clusters", "the classes 0, 0; each must be 0 to 1", "1 images, 1 clusters and 0 distances",
            "2 channels", "an image has 3 values, but 2 x 2 x 2 are 8",
        ];
        foreach (var part in parts)
            StringAssert.Contains(e.Message, part);
    }

    /// <summary>The page as XML: it closes its elements and quotes its attributes as XML does.</summary>
    internal static XDocument Write(Report report) => Parse(WriteText(report));

    /// <summary>The page as XML, without its script and style.</summary>
    internal static XDocument Parse(string page)
    {
        // The scripts and styles of HTML are not escaped.
        var checkedText = Regex.Replace(page, "<(script|style)>.*?</\\1>", "", RegexOptions.Singleline);
        return XDocument.Parse(checkedText.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal));
    }

    private static string WriteText(Report report)
    {
        var path = Path.GetTempFileName();
        try
        {
            HtmlReport.Write(report, path);
            return File.ReadAllText(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // WCAG 2.
    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        var c = Channels(colour).Select(v => v / 255.0).Select(v => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4)).ToArray();
        return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
    }

    private static string Blend(string over, string under, double share)
        => "#" + string.Concat(Channels(over).Zip(Channels(under), (o, u) => ((int)Math.Round(share * o + (1 - share) * u)).ToString("x2", CultureInfo.InvariantCulture)));

    private static int[] Channels(string colour) => [.. new[] { 1, 3, 5 }.Select(i => int.Parse(colour.AsSpan(i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
}
