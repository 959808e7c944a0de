using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Reporting;
using Samples.Tests.Experiments;

namespace Samples.Tests.Reporting.Clusters;

/// <summary>Reports on made-up clusters: what is in them, of any source.</summary>
[TestClass]
public sealed class WriteReportTests
{
    private static readonly MLContext Ml = new(seed: 1);

    private static readonly string[] Maps = ["Cluster sizes", "Embedding, principal components", "Embedding, t-SNE"];

    [TestMethod]
    public void Write_ClustersWithClasses_ShowsSizesMapsClassesAndRows()
    {
        var rows = ScoredRow.Make(300);
        var page = ReportPage.Write(Ml, View(rows), new() { Title = "Made up", LabelColumnName = "Class", TextColumnName = "Sentence" });

        Assert.AreEqual("Made up", page.Elements("h1").Single().Value);
        CollectionAssert.AreEqual(new[] { "Notes", "Clusters", "Map of the rows", "Clusters and classes", "Rows of the clusters" }, page.Sections);
        CollectionAssert.AreEqual(Maps.Append("Embedding, t-SNE, by class").Append("Classes and clusters").ToArray(), page.Pictures);
        var metrics = Ml.Clustering.EvaluateDeepClustering(View(rows), new DeepClusteringEvaluationOptions { LabelColumnName = "Class", EmbeddingColumnName = "Features" });
        Assert.AreEqual($"{100 * metrics.Accuracy:0.0} %", page.Facts["accuracy (ACC)"]);
        Assert.AreEqual($"{100 * metrics.NormalizedMutualInformation:0.0} %", page.Facts["normalised mutual information (NMI)"]);
        Assert.AreEqual($"{100 * metrics.AdjustedRandIndex:0.0} %", page.Facts["adjusted Rand index (ARI)"]);
        Assert.AreEqual($"{metrics.Silhouette:0.000}", page.Facts["silhouette, −1 to 1"]);
        Assert.AreEqual("4, 1 of them empty", page.Facts["clusters"]);
        StringAssert.StartsWith(page.Notes[0], "1 of 4 clusters has no row (key 3)");

        Assert.HasCount(4, page.Table);
        CollectionAssert.AreEqual(new[] { "3", "none", "0", "0.0" }, page.Table[2][..4]);
        CollectionAssert.AreEqual(new[] { "4", "class c", "100", "33.3", "100.0", $"{metrics.ClusterSilhouettes[3]:0.000}" }, page.Table[3][..6]);
        Assert.AreEqual(rows.Where(r => r.Cluster == 4).Average(r => r.Score[3]), double.Parse(page.Table[3][6]), 1e-3);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Write_SourceThatIsReadOnce_ShowsTheNearestAndFarthestRows(bool shuffled)
    {
        var rows = ScoredRow.Make(500);
        var page = ReportPage.Write(Ml, new OnceView(View(rows)) { Order = shuffled ? new Random(3) : null }, new() { TextColumnName = "Sentence", ExamplesPerCluster = 5 });

        foreach (var cluster in new[] { 1, 2, 4 })
        {
            var sorted = rows.Where(r => r.Cluster == cluster).OrderBy(r => r.Score[cluster - 1]).Select(r => r.Sentence).ToArray();
            CollectionAssert.AreEqual(sorted[..5], Texts(page, cluster, "nearest"));
            CollectionAssert.AreEqual(sorted[^5..].Reverse().ToArray(), Texts(page, cluster, "farthest"));
            if (!shuffled)
                CollectionAssert.AreEqual(sorted[..5].Select(s => long.Parse(s["sentence ".Length..])).ToArray(), page.Rows(cluster, "nearest"));
        }

        Assert.IsEmpty(page.Examples(3, "nearest"));
    }

    [TestMethod]
    public void Write_SameDataTwice_IsTheSameFile()
    {
        var view = View(ScoredRow.Make(200));
        var options = new ReportOptions { LabelColumnName = "Class", MaximumMappedRows = 60 };
        var page = ReportPage.Write(Ml, view, options);
        Assert.AreEqual(page.Text, ReportPage.Write(Ml, view, options).Text);
        Assert.AreNotEqual(page.Text, ReportPage.Write(Ml, view, new() { LabelColumnName = "Class", MaximumMappedRows = 60, Seed = 2 }).Text);
        Assert.Contains("60 of 200 rows, drawn with seed 1.", page.Text);
    }

    [TestMethod]
    public void Write_WithoutPredictions_TakesTheLowestScore()
    {
        var rows = ScoredRow.Make(100);
        var view = Ml.Transforms.DropColumns("PredictedLabel").Fit(View(rows)).Transform(View(rows));
        var page = ReportPage.Write(Ml, view);
        CollectionAssert.AreEqual(new[] { "34", "33", "0", "33" }, page.Table.Select(row => row[1]).ToArray());
        StringAssert.Contains(page.Notes[1], "each row belongs to the cluster of its lowest value in column 'Score'");
    }

    [TestMethod]
    public void Write_WithoutScoresAndVectors_ShowsTheSizes()
    {
        var rows = ScoredRow.Make(100);
        var view = Ml.Transforms.DropColumns("Score", "Features").Fit(View(rows)).Transform(View(rows));
        var page = ReportPage.Write(Ml, view);
        CollectionAssert.AreEqual(new[] { "Notes", "Clusters" }, page.Sections);
        CollectionAssert.AreEqual(new[] { "cluster", "rows", "share, %" }, page.Elements("th").Where(th => th.Attribute("data-column") is not null).Select(th => th.Value).ToArray());
        StringAssert.Contains(page.Notes[1], "neither a column of embeddings nor one of features");
        StringAssert.Contains(page.Notes[2], "no column of distances");
    }

    [TestMethod]
    public void Write_EmbeddingThatIsNotWanted_IsNotMeasured()
    {
        var rows = ScoredRow.Make(100);
        rows[7].Features[1] = float.NaN;
        var view = Ml.Transforms.CopyColumns("Embedding", "Features").Append(Ml.Transforms.DropColumns("Features")).Fit(View(rows)).Transform(View(rows));
        Assert.Contains("silhouette", ReportPage.Write(Ml, view).Elements("th").Select(th => th.Value));
        var page = ReportPage.Write(Ml, view, new() { EmbeddingColumnName = null });
        Assert.DoesNotContain("silhouette", page.Elements("th").Select(th => th.Value));
        CollectionAssert.AreEqual(new[] { "Cluster sizes" }, page.Pictures);
        StringAssert.Contains(string.Join(" ", page.Notes), "no silhouette");
        Assert.DoesNotContain("not finite", string.Join(" ", page.Notes));
    }

    [TestMethod]
    public void PerformanceOf_MeasuresOfOtherScales_AreLeftOutInAllEpochs()
    {
        var epochs = new (double Silhouette, double Dispersion)[] { (double.NaN, 1.3), (0.2, 0.9), (0.4, 0.8) }.Select((values, i) => new EpochRecord("clustering", i + 1, new Dictionary<string, double>(), 1, null, 1)
        {
            Performance = new Dictionary<PerformanceMeasure, double> { [PerformanceMeasure.Silhouette] = values.Silhouette, [PerformanceMeasure.DaviesBouldin] = values.Dispersion },
        });
        var curve = ClusterReport.PerformanceOf(new RunRecord(1, 1, 1, [.. epochs], null)).Single();
        Assert.AreEqual("Silhouette", curve.Name);
        // The first epoch is a gap: the others stay where they are.
        CollectionAssert.AreEqual(new[] { (1, double.NaN), (2, 0.2), (3, 0.4) }, curve.Points.Select(p => ((int)p.X, p.Y)).ToArray());
    }

    [TestMethod]
    public void Write_PlainNumbersAsClusters_AreReadFromOneOn()
    {
        var view = Ml.Data.LoadFromEnumerable(Enumerable.Range(0, 9).Select(i => new { PredictedLabel = (uint)(i % 3) }));
        var page = ReportPage.Write(Ml, view);
        CollectionAssert.AreEqual(new[] { "3", "3" }, page.Table.Select(row => row[1]).ToArray());
        StringAssert.Contains(string.Join(" ", page.Notes), "3 of 9 rows have no cluster");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(7)]
    public void Write_FewRows_IsAPage(int count)
    {
        var page = ReportPage.Write(Ml, View(ScoredRow.Make(count)), new() { LabelColumnName = "Class" });
        Assert.AreEqual($"{count}", page.Facts["rows"]);
        CollectionAssert.Contains(page.Pictures, "Embedding, t-SNE");
    }

    [TestMethod]
    public void Write_OneCluster_IsAPage()
    {
        var rows = ScoredRow.Make(50);
        Array.ForEach(rows, row => row.Cluster = 2);
        var page = ReportPage.Write(Ml, View(rows));
        Assert.AreEqual("–", page.Facts["silhouette, −1 to 1"]);
        CollectionAssert.AreEqual(new[] { "0", "50", "0", "0" }, page.Table.Select(row => row[1]).ToArray());
    }

    [TestMethod]
    public void Write_EmbeddingThatIsNotFinite_SaysHowManyRows()
    {
        var rows = ScoredRow.Make(100);
        rows[7].Features[1] = float.NaN;
        rows[8].Features[2] = float.PositiveInfinity;
        rows[9].Score = [float.NaN, float.NaN, float.NaN, float.NaN];
        var page = ReportPage.Write(Ml, View(rows));
        StringAssert.Contains(string.Join(" ", page.Notes), "2 rows have a value in column 'Features' that is not finite");
        Assert.Contains("98 of 100 rows, drawn with seed 1. Left out for NaN or infinity: 2.", page.Text);
    }

    [TestMethod]
    public void Write_HostileTexts_AreShownAndNotObeyed()
    {
        const string Hostile = "<script>alert(1)</script> & \"quoted\" 'so' ]]>";
        var rows = ScoredRow.Make(40);
        Array.ForEach(rows, row => (row.Sentence, row.Class) = (Hostile, row.Id % 2 == 0 ? Hostile : "plain"));
        var page = ReportPage.Write(Ml, View(rows), new() { Title = Hostile, LabelColumnName = "Class", TextColumnName = "Sentence" });
        Assert.HasCount(1, Regex.Matches(page.Text, "<script"));
        Assert.AreEqual(Hostile, Texts(page, 1, "nearest")[0]);
        Assert.AreEqual(Hostile, page.Elements("h1").Single().Value);
        Assert.IsEmpty(page.Elements("section").First().Document!.Descendants().SelectMany(e => e.Attributes()).Where(a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Write_LongTexts_AreCut()
    {
        var rows = ScoredRow.Make(40);
        Array.ForEach(rows, row => row.Sentence = new string('x', 100_000));
        var page = ReportPage.Write(Ml, View(rows), new() { TextColumnName = "Sentence" });
        Assert.AreEqual(new string('x', 199) + "…", Texts(page, 1, "nearest")[0]);
        Assert.IsLessThan(500_000, page.Text.Length);
    }

    [TestMethod]
    public void Write_RowsThatAreNeitherImagesNorTexts_ShowsTheirFirstColumns()
    {
        var rows = ScoredRow.Make(60);
        var page = ReportPage.Write(Ml, View(rows), new() { ExamplesPerCluster = 2, LabelColumnName = "Class" });
        var table = page.Elements("table").Single(t => t.Element("caption")!.Value == "Rows nearest to cluster 1");
        CollectionAssert.AreEqual(new[] { "row", "distance", "class", "Id", "Sentence" }, table.Element("thead")!.Descendants("th").Select(th => th.Value).ToArray());
        var nearest = rows.Where(r => r.Cluster == 1).MinBy(r => r.Score[0])!;
        var cells = table.Element("tbody")!.Elements("tr").First().Elements().Select(cell => cell.Value).ToArray();
        CollectionAssert.AreEqual(new[] { $"{nearest.Id}", nearest.Class, $"{nearest.Id}", nearest.Sentence }, new[] { cells[0], cells[2], cells[3], cells[4] });
    }

    [TestMethod]
    public void Write_AnyReport_AsksForNothingFromOutsideAndIsAccessible()
    {
        var page = ReportPage.Write(Ml, View(ScoredRow.Make(90)), new() { LabelColumnName = "Class", TextColumnName = "Sentence" });
        Assert.DoesNotContain("http:", page.Text);
        Assert.DoesNotContain("https:", page.Text);
        Assert.DoesNotContain("url(", page.Text);
        var ids = page.Elements("section").First().Document!.Descendants().SelectMany(e => e.Attributes("id")).Select(a => a.Value).ToArray();
        CollectionAssert.AllItemsAreUnique(ids);
        CollectionAssert.IsSubsetOf(page.Elements("a").Select(a => a.Attribute("href")!.Value[1..]).Distinct().ToArray(), ids);
        Assert.IsTrue(page.Elements("th").All(th => th.Attribute("scope") is not null));
        Assert.IsTrue(page.Elements("table").All(table => table.Element("caption") is not null));
        var levels = page.Elements("section").First().Document!.Descendants().Select(e => e.Name.LocalName).Where(n => Regex.IsMatch(n, "^h[1-6]$")).Select(n => n[1] - '0').ToArray();
        Assert.IsTrue(levels.Zip(levels.Skip(1)).All(pair => pair.Second <= pair.First + 1));
    }

    [TestMethod]
    public void Write_ManyClusters_IsStillAPage()
    {
        var view = Ml.Data.LoadFromEnumerable(Enumerable.Range(0, 900).Select(i => new Pair { PredictedLabel = (uint)(i % 300) + 1, Label = i % 150, Features = [i % 300, i] }));
        var page = ReportPage.Write(Ml, view, new() { LabelColumnName = "Label", MaximumMappedRows = 100 });
        Assert.HasCount(300, page.Table);
        Assert.DoesNotContain("Cluster sizes", page.Pictures);
        StringAssert.Contains(string.Join(" ", page.Notes), "There are 300 clusters and 150 classes; of more than 100");
    }

    [TestMethod]
    public void Write_ImageFiles_AreCopiedAndFaultsAreSaid()
    {
        using var folder = new TestFolder();
        var good = Path.Combine(folder.Path, "good.png");
        File.WriteAllBytes(good, PngImage.Encode(2, 2, 1, [0, 255, 255, 0]));
        var rows = ScoredRow.Make(30);
        Array.ForEach(rows, row => row.Sentence = row.Id % 2 == 0 ? good : folder.Write($"{row.Id}.png", "no image"));
        rows[2].Sentence = Path.Combine(folder.Path, "missing.png");
        var page = ReportPage.Write(Ml, View(rows), new() { ImageColumnName = "Sentence" });
        StringAssert.StartsWith(page.Elements("img").First().Attribute("src")!.Value, "data:image/png;base64,");
        StringAssert.Contains(page.Text, "missing.png: there is no such file");
        StringAssert.Contains(page.Text, ".png: the file is no PNG, JPEG, GIF, WebP or BMP");
        Assert.DoesNotContain(folder.Path, page.Text);
    }

    [TestMethod]
    public void Write_SomeFilesTooLarge_ShowsTheFeaturesInTheirPlaceAlone()
    {
        using var folder = new TestFolder();
        var (small, large) = (Path.Combine(folder.Path, "small.bmp"), Path.Combine(folder.Path, "large.bmp"));
        File.WriteAllBytes(small, "BM"u8.ToArray());
        File.WriteAllBytes(large, new byte[(1 << 20) + 1]);
        // The left half is dark, the right half bright.
        var rows = Enumerable.Range(0, 6).Select(i => new Photograph { PredictedLabel = 1, Score = [i, 9], Path = i < 2 ? large : small, Features = [0, 0, 1, 1, 0, 0, 1, 1] }).ToArray();
        var page = ReportPage.Write(Ml, Ml.Data.LoadFromEnumerable(rows), new() { ImageColumnName = "Path", ExamplesPerCluster = 3 });
        var addresses = page.Elements("img").Select(i => i.Attribute("src")!.Value).Distinct().ToArray();
        Assert.DoesNotContain("too large to be shown", page.Text);
        CollectionAssert.AreEquivalent(new[] { "data:image/bmp;base64,Qk0=", "data:image/png;base64," + Convert.ToBase64String(PngImage.Encode(2, 4, 1, [0, 0, 255, 255, 0, 0, 255, 255])) }, addresses);
        Assert.HasCount(2, page.Elements("img").Where(i => i.Attribute("src")!.Value.StartsWith("data:image/png", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Write_ImageThatIsAPipeOrADevice_IsNotRead()
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("Windows has no pipes and devices among files.");
        using var folder = new TestFolder();
        var (pipe, link) = (Path.Combine(folder.Path, "pipe.png"), Path.Combine(folder.Path, "zeros.png"));
        using (var made = System.Diagnostics.Process.Start("mkfifo", [pipe]))
            made.WaitForExit();
        File.CreateSymbolicLink(link, "/dev/zero");
        var rows = ScoredRow.Make(6);
        Array.ForEach(rows, row => row.Sentence = row.Id % 2 == 0 ? pipe : link);
        var page = ReportPage.Write(Ml, View(rows), new() { ImageColumnName = "Sentence" });
        StringAssert.Contains(page.Text, "pipe.png: the file cannot be read");
        StringAssert.Contains(page.Text, "zeros.png: the file cannot be read");
    }

    private static IDataView View(IEnumerable<ScoredRow> rows) => Ml.Data.LoadFromEnumerable(rows.ToArray());

    private static string[] Texts(ReportPage page, int cluster, string place)
        => [.. page.Examples(cluster, place).Select(li => li.Elements("span").Single(s => (string?)s.Attribute("class") == "text").Value)];

    private sealed class Photograph
    {
        [KeyType(2)]
        public uint PredictedLabel { get; set; }

        [VectorType(2)]
        public float[] Score { get; set; } = [];

        public string Path { get; set; } = "";

        [VectorType(1, 2, 4)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Pair
    {
        public uint PredictedLabel { get; set; }

        public float Label { get; set; }

        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }
}
