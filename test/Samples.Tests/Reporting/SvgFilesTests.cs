using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Reporting;
using TorchSharp;

namespace Samples.Tests.Reporting;

[TestClass]
public sealed class SvgFilesTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [TestMethod]
    public void Write_FullReport_WritesEveryPictureByItself()
    {
        var pictures = Write(ExampleReport.Make());
        string[] expected =
        [
            "comparison-1-objective-function-mismatch-by-epoch",
            "run-1-1-losses-pretraining", "run-1-2-losses-clustering", "run-1-3-conflicted-rows-clustering", "run-1-4-bounds-of-a-clear-row-clustering",
            "run-1-5-objective-function-mismatch", "run-1-6-performance",
            "run-1-embedding-components", "run-1-embedding-tsne", "run-1-classes-and-clusters", "run-1-cluster-sizes", "run-1-images",
            "run-2-1-losses-pretraining", "run-2-2-losses-clustering", "run-2-3-conflicted-rows-clustering", "run-2-4-bounds-of-a-clear-row-clustering",
            "run-2-5-objective-function-mismatch", "run-2-6-performance", "run-2-cluster-sizes",
        ];
        CollectionAssert.AreEqual(expected, pictures.Keys.ToArray());
        foreach (var (name, picture) in pictures)
        {
            Assert.AreEqual(Svg + "svg", picture.Root!.Name);
            Assert.IsNotNull(picture.Root.Element(Svg + "title"), name);
            Assert.IsNotNull(picture.Root.Element(Svg + "desc"), name);
            StringAssert.Contains(picture.Root.Element(Svg + "style")!.Value, "@media screen and (prefers-color-scheme:dark)");
            Assert.DoesNotContain("var(", picture.ToString(), name);
            foreach (var link in picture.Descendants().Attributes().Where(a => a.Name.LocalName is "href" or "src"))
                StringAssert.StartsWith(link.Value, "data:image/png;base64,");
            var ids = picture.Descendants().Attributes("id").Select(a => a.Value).ToArray();
            CollectionAssert.AllItemsAreUnique(ids);
        }
    }

    [TestMethod]
    public void Write_AnyPicture_StaysWithinItsFrame()
    {
        foreach (var (name, picture) in Write(ExampleReport.Make()))
        {
            var (width, height) = (Number(picture.Root!, "width"), Number(picture.Root!, "height"));
            foreach (var element in picture.Root!.Elements().Where(e => e.Attribute("x") is not null))
            {
                Assert.IsTrue(Number(element, "x") >= 0 && Number(element, "x") <= width, $"{name}: {element}");
                Assert.IsTrue(Number(element, "y") >= 0 && Number(element, "y") <= height, $"{name}: {element}");
            }

            foreach (Match match in Regex.Matches(string.Concat(picture.Descendants(Svg + "path").Where(p => p.Parent == picture.Root).Select(p => p.Attribute("d")!.Value)), "[ML](-?[0-9.]+) (-?[0-9.]+)"))
            {
                var (x, y) = (double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
                Assert.IsTrue(x >= 0 && x <= width && y >= 0 && y <= height, $"{name}: {match.Value}");
            }
        }
    }

    [TestMethod]
    public void Write_HostileNames_StaysWellFormed()
    {
        var pictures = Write(ExampleReport.Make("<b>\"&'\u0001]]> ../..\\x"));
        Assert.AreEqual("comparison-1-b-x", pictures.Keys.First());
        Assert.AreEqual("<b>\"&'\uFFFD]]> ../..\\x", pictures.Values.First().Root!.Element(Svg + "title")!.Value);
    }

    [TestMethod]
    public void LossCurves_TermsAndPhases_AreLinesAndCharts()
    {
        var pictures = Write(new Report("R") { Runs = [new("r", "d") { History = ExampleReport.History(null, 30) }] });
        var text = pictures["run-1-2-losses-clustering"].Root!.Element(Svg + "desc")!.Value;
        foreach (var term in new[] { "clustering: ", "companion/1: ", "companion/2: ", "total: ", "total, evaluated after the epoch: " })
            StringAssert.Contains(text, term);
        // Evaluated every second epoch: each of the 15 values stands alone and is marked.
        StringAssert.Contains(text, "15 without a value.");
        // Three decades: powers of ten stand on the axis.
        CollectionAssert.IsSubsetOf(new[] { "0.001", "0.01", "0.1", "1" }, Texts(pictures["run-1-2-losses-clustering"]));
    }

    [TestMethod]
    public void LossCurves_LossesThatAreNotPositive_HaveALinearAxis()
    {
        EpochRecord Epoch(int epoch, double loss) => new("clustering", epoch, new Dictionary<string, double> { ["clustering"] = loss }, loss, null, 1);
        var run = new RunReport("r", "d") { History = new(1, 0, 2, [Epoch(1, 1000), Epoch(2, 0)], null) };
        var picture = Write(new Report("R") { Runs = [run] })["run-1-1-losses-clustering"];
        CollectionAssert.IsSubsetOf(new[] { "0", "200", "400", "600", "800", "1000" }, Texts(picture));
        // Of one term the total is the term.
        Assert.DoesNotContain("total", Texts(picture));
    }

    [TestMethod]
    [DataRow(0.05, 1.0, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [DataRow(0.0099, 1.0, "0.01 0.1 1")]
    [DataRow(-0.0099, 1.0, "-0.5 0.0 0.5 1.0")]
    public void LineChart_Losses_AreLogarithmicBeyondTwoDecades(double low, double high, string expected)
        => Assert.AreEqual(expected, string.Join(' ', Ticks(Draw(new("C", [Series.ByEpoch("s", [low, high])]) { ValueAxis = ValueAxis.Loss }))));

    [TestMethod]
    public void LineChart_ValuesThatAreNoNumbers_LeaveGaps()
    {
        double[] values = [0.1, 0.2, double.NaN, 0.3, double.PositiveInfinity, 0.4, 0.5, 1e300];
        var picture = Draw(new("C", [Series.ByEpoch("s", values)]));
        var line = picture.Descendants(Svg + "path").Single(p => p.Parent == picture.Root && p.Attribute("class")!.Value.StartsWith("line", StringComparison.Ordinal)).Attribute("d")!.Value;
        Assert.HasCount(3, Regex.Matches(line, "M"));
        Assert.HasCount(2, Regex.Matches(line, "L"));
        Assert.DoesNotContain("NaN", line);
        // The point that stands alone has a marker, although no line leads to it.
        Assert.IsTrue(picture.Descendants(Svg + "title").Any(t => t.Value == "s, epoch 4: 0.3"));
        StringAssert.Contains(picture.Root!.Element(Svg + "desc")!.Value, "3 without a value.");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    public void LineChart_NoValues_SaysSo(int series)
    {
        var lines = Enumerable.Range(0, series).Select(i => Series.ByEpoch($"s{i}", i == 0 ? [] : [double.NaN, double.NegativeInfinity])).ToArray();
        foreach (var axis in Enum.GetValues<ValueAxis>())
            CollectionAssert.Contains(Texts(Draw(new("C", lines) { ValueAxis = axis })), "no values");
    }

    [TestMethod]
    [DataRow(3.0, 3.0)]
    [DataRow(0.0, 0.0)]
    [DataRow(1e17, 1e17)]
    [DataRow(-1e-9, 1e-9)]
    [DataRow(-9e99, 9e99)]
    [DataRow(0.0, 5e-320)]
    [DataRow(1e15, 1e15 + 1)]
    public void LineChart_AnyRange_HasFewDistinctTicks(double low, double high)
    {
        foreach (var axis in Enum.GetValues<ValueAxis>())
        {
            var ticks = Ticks(Draw(new("C", [Series.ByEpoch("s", [low, high])]) { ValueAxis = axis }));
            Assert.IsTrue(ticks.Length is >= 2 and <= 12, string.Join(' ', ticks));
            CollectionAssert.AllItemsAreUnique(ticks);
        }
    }

    [TestMethod]
    [DataRow(0.0, 1.0, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [DataRow(0.013, 0.047, "0.01 0.02 0.03 0.04 0.05")]
    [DataRow(-3.0, 11.0, "-5 0 5 10 15")]
    [DataRow(120.0, 480.0, "100 200 300 400 500")]
    public void LineChart_Ranges_HaveRoundTicks(double low, double high, string expected)
        => Assert.AreEqual(expected, string.Join(' ', Ticks(Draw(new("C", [Series.ByEpoch("s", [low, high])])))));

    [TestMethod]
    public void LineChart_LossOverManyDecades_WritesEverySecondOrThirdPower()
    {
        var ticks = Ticks(Draw(new("C", [Series.ByEpoch("s", [1e-12, 1e12])]) { ValueAxis = ValueAxis.Loss }));
        CollectionAssert.AreEqual(new[] { "1e-12", "1e-8", "1e-4", "1", "10000", "1e8", "1e12" }, ticks);
    }

    [TestMethod]
    public void LineChart_Points_StandWhereTheAxisSays()
    {
        var picture = Draw(new("C", [Series.ByEpoch("s", [0, 0.25, 1])]) { ValueAxis = ValueAxis.Mismatch });
        var line = picture.Descendants(Svg + "path").Single(p => p.Parent == picture.Root && p.Attribute("class")!.Value.StartsWith("line", StringComparison.Ordinal)).Attribute("d")!.Value;
        var y = Regex.Matches(line, "[ML]([0-9.]+) ([0-9.]+)").Select(m => double.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture)).ToArray();
        Assert.AreEqual(0.25, (y[0] - y[1]) / (y[0] - y[2]), 1e-3);
        var reference = Number(picture.Root!.Elements(Svg + "line").Single(l => l.Attribute("class")!.Value == "reference"), "y1");
        Assert.AreEqual((y[0] + y[2]) / 2, reference, 0.051);
    }

    [TestMethod]
    public void Contingency_OfAnEvaluation_IsOrderedByTheBestMap()
    {
        // Greedy would map cluster 1 to class 0 and leave class 1 with 1 row.
        var run = new RunReport("r", "d") { ClassNames = ["cats", "dogs"], Contingency = ExampleReport.Evaluated(new long[,] { { 10, 9, 0 }, { 9, 1, 0 } }) };
        var picture = Write(new Report("R") { Runs = [run] })["run-1-classes-and-clusters"];
        CollectionAssert.AreEqual(new[] { "cluster", "2", "1", "3", "cats", "9", "10", "0", "dogs", "1", "9", "0" }, Texts(picture).Where(t => t != "class").ToArray());
        StringAssert.Contains(picture.Root!.Element(Svg + "desc")!.Value, "Cluster 2 is mapped to class cats: 9 of its 10 rows. Cluster 1 is mapped to class dogs: 9 of its 19 rows. Cluster 3, of 0 rows, is mapped to none.");
        Assert.HasCount(2, picture.Descendants(Svg + "rect").Where(r => r.Attribute("class")!.Value == "chosen"));
    }

    [TestMethod]
    public void Contingency_GivenMap_IsUsed()
    {
        var run = new RunReport("r", "d") { Contingency = new(new long[,] { { 10, 9 }, { 9, 1 } }, [null, 0]) };
        var picture = Write(new Report("R") { Runs = [run] })["run-1-classes-and-clusters"];
        StringAssert.Contains(picture.Root!.Element(Svg + "desc")!.Value, "Cluster 2 is mapped to class 0: 9 of its 10 rows. Cluster 1, of 19 rows, is mapped to none.");
    }

    [TestMethod]
    public void Contingency_ClassWithoutCluster_IsNotFramed()
    {
        // Class 1 has no cluster: the frames stand in the first and in the third row.
        var run = new RunReport("r", "d") { Contingency = ExampleReport.Evaluated(new long[,] { { 0, 9 }, { 1, 2 }, { 9, 0 } }) };
        var picture = Write(new Report("R") { Runs = [run] })["run-1-classes-and-clusters"];
        var rows = picture.Descendants(Svg + "text").Where(t => t.Attribute("class")?.Value == "end").Select(t => Number(t, "y")).ToArray();
        var frames = picture.Descendants(Svg + "rect").Where(r => r.Attribute("class")!.Value == "chosen").Select(r => Number(r, "y")).ToArray();
        Assert.HasCount(2, frames);
        Assert.AreEqual(rows[2] - rows[0], frames[1] - frames[0], 0.11);
    }

    [TestMethod]
    public void Contingency_OfAnEvaluation_HasItsCountsAndMap()
    {
        var contingency = Contingency.Of(Evaluate(["cats", "dogs"], ((1, 3), 5), ((2, 1), 7), ((2, 3), 1)));
        CollectionAssert.AreEqual(new long[,] { { 0, 0, 5 }, { 7, 0, 1 } }, contingency.Counts);
        CollectionAssert.AreEqual(new int?[] { 1, null, 0 }, contingency.ClassOfCluster.ToArray());
    }

    [TestMethod]
    public void Contingency_ClassesOfOneName_AreToldApart()
        => CollectionAssert.AreEqual(new int?[] { 1, 0 }, Contingency.Of(Evaluate(["cats", "cats"], ((1, 2), 5), ((2, 1), 7))).ClassOfCluster.ToArray());

    // Rows of a key of the class and of a cluster, both from 1.
    private static ContingencyTable Evaluate(string[] names, params ((uint Label, uint Cluster) Keys, int Count)[] cells)
    {
        var ml = new MLContext();
        var schema = SchemaDefinition.Create(typeof(Keys));
        schema[nameof(Keys.Label)].ColumnType = new KeyDataViewType(typeof(uint), names.Length);
        var values = new VBuffer<ReadOnlyMemory<char>>(names.Length, Array.ConvertAll(names, name => name.AsMemory()));
        schema[nameof(Keys.Label)].AddAnnotation("KeyValues", values, new VectorDataViewType(TextDataViewType.Instance, names.Length));
        // ML.NET counts members of key type from 0.
        var rows = cells.SelectMany(cell => Enumerable.Repeat(new Keys { Label = cell.Keys.Label - 1, PredictedLabel = cell.Keys.Cluster }, cell.Count));
        return ml.Clustering.EvaluateDeepClustering(ml.Data.LoadFromEnumerable(rows, schema), "Label").Contingency;
    }

    private sealed class Keys
    {
        public uint Label { get; set; }

        public uint PredictedLabel { get; set; }
    }

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(1, 0)]
    [DataRow(100, 40)]
    public void Contingency_AnySize_IsDrawn(int classes, int clusters)
    {
        var counts = new long[classes, clusters];
        for (var i = 0; i < Math.Min(classes, clusters); i++)
            counts[i, i] = 1000 + i;
        var picture = Write(new Report("R") { Runs = [new("r", "d") { Contingency = ExampleReport.Evaluated(counts) }] })["run-1-classes-and-clusters"];
        Assert.HasCount(Math.Min(classes, clusters), picture.Descendants(Svg + "rect").Where(r => r.Attribute("class")!.Value == "heat"));
    }

    [TestMethod]
    public void ClusterSizes_EmptyAndDominant_AreMarked()
    {
        // Of 3 clusters one is dominant beyond 2/3 of the rows.
        var sizes = Write(Sizes(67, 33, 0))["run-1-cluster-sizes"];
        CollectionAssert.IsSubsetOf(new[] { "67 (67.0 %) ▲ dominant", "33 (33.0 %)", "▲ empty" }, Texts(sizes));
        CollectionAssert.IsSubsetOf(new[] { "66 (66.0 %)", "34 (34.0 %)" }, Texts(Write(Sizes(66, 34, 0))["run-1-cluster-sizes"]));
        Assert.HasCount(3, Texts(Write(Sizes(0, 0, 0))["run-1-cluster-sizes"]).Where(t => t == "▲ empty"));

        static Report Sizes(params long[] sizes) => new("R") { Runs = [new("r", "d") { ClusterSizes = sizes }] };
    }

    [TestMethod]
    public void Embedding_ManyRows_IsSampledInTheSameWay()
    {
        var run = ExampleReport.Run(null, 2500, seed: 1) with { Images = null, History = null };
        var report = new Report("R") { Runs = [run] };
        var (first, second) = (Write(report), Write(report));
        Assert.AreEqual(first["run-1-embedding-components"].ToString(), second["run-1-embedding-components"].ToString());
        Assert.AreEqual(2000, Points(first["run-1-embedding-components"]));
        Assert.AreEqual(1000, Points(first["run-1-embedding-tsne"]));
        Assert.IsLessThan(140_000, first["run-1-embedding-components"].ToString().Length);
        var other = Write(new Report("R") { Runs = [run with { SampleSeed = 2 }] });
        Assert.AreNotEqual(first["run-1-embedding-components"].ToString(), other["run-1-embedding-components"].ToString());
    }

    [TestMethod]
    public void Embedding_RowsOfAnotherClass_AreHollow()
    {
        var rows = Enumerable.Range(0, 6).Select(i => new float[] { i, i * i % 5 }).ToArray();
        var run = new RunReport("r", "d")
        {
            ClassNames = ["cats", "dogs"], Contingency = ExampleReport.Evaluated(new long[,] { { 3, 1 }, { 0, 2 } }),
            Embedding = new(rows, [1, 1, 1, 2, 2, 2]) { Classes = [0, 0, 0, 0, 1, 1] },
        };
        var points = Write(new Report("R") { Runs = [run] })["run-1-embedding-components"].Root!.Elements(Svg + "path").ToArray();
        var seen = points.Select(p => (p.Attribute("class")!.Value[..1], p.Element(Svg + "title")!.Value, Regex.Matches(p.Attribute("d")!.Value, "M").Count)).ToArray();
        CollectionAssert.AreEqual(new[] { ("f", "cluster 1, class cats", 3), ("o", "cluster 2, class cats", 1), ("f", "cluster 2, class dogs", 2) }, seen);
    }

    [TestMethod]
    public void Embedding_NoFiniteRows_SaysSo()
    {
        var run = new RunReport("r", "d") { Embedding = new([[float.NaN, 1], [float.PositiveInfinity, 2]], [1, 2]) };
        var pictures = Write(new Report("R") { Runs = [run] });
        CollectionAssert.Contains(Texts(pictures["run-1-embedding-components"]), "no values");
        CollectionAssert.Contains(Texts(pictures["run-1-embedding-tsne"]), "no values");
        var none = Write(new Report("R") { Runs = [new("r", "d") { Embedding = new([], []) }] });
        CollectionAssert.Contains(Texts(none["run-1-embedding-tsne"]), "no values");
    }

    [TestMethod]
    public void Embedding_RowsAllTheSame_AreInTheMiddle()
    {
        var run = new RunReport("r", "d") { Embedding = new([[1, 2], [1, 2], [1, 2]], [1, 1, 0]) };
        var picture = Write(new Report("R") { Runs = [run] })["run-1-embedding-components"];
        Assert.AreEqual(3, Points(picture));
        Assert.DoesNotContain("NaN", picture.ToString());
    }

    [TestMethod]
    public void Embedding_FewRows_SaysThatTheyHaveNoTSne()
    {
        var page = HtmlReportTests.Write(new Report("R") { Runs = [new("r", "d") { Embedding = new([[1, 2], [3, 4], [5, 7]], [1, 1, 2]) }] });
        Assert.AreEqual("Embedding, t-SNE3 of 3 rows. Too few for t-SNE: their principal components.", page.Descendants("figcaption").Last().Value);
    }

    [TestMethod]
    public void Draw_Cancelled_Stops()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var report = new Report("R") { Runs = [ExampleReport.Run(null, 40, seed: 1)] };
        Assert.ThrowsExactly<OperationCanceledException>(() => DrawnReport.Draw(report, cancelled.Token));
    }

    [TestMethod]
    public void Draw_Embedding_LeavesNoTensorBehind()
    {
        var statistics = DisposeScopeManager.Statistics;
        var (outside, live) = (statistics.CreatedOutsideScopeCount, statistics.ThreadTotalLiveCount);
        DrawnReport.Draw(new Report("R") { Runs = [ExampleReport.Run(null, 40, seed: 1)] });
        Assert.AreEqual((outside, live), (statistics.CreatedOutsideScopeCount, statistics.ThreadTotalLiveCount));
    }

    private static XDocument Draw(Comparison chart) => Write(new Report("R") { Comparisons = [chart] }).Values.Single();

    private static string[] Texts(XDocument picture)
        => picture.Descendants(Svg + "text").Select(t => string.Concat(t.Nodes().OfType<XText>().Select(n => n.Value))).ToArray();

    // The numbers beside the vertical axis.
    private static string[] Ticks(XDocument picture)
        => picture.Root!.Elements(Svg + "text").Where(t => t.Attribute("class")?.Value == "m small end").Select(t => t.Value).ToArray();

    private static int Points(XDocument picture) => picture.Root!.Elements(Svg + "path").Sum(p => Regex.Matches(p.Attribute("d")!.Value, "M").Count);

    private static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    private static Dictionary<string, XDocument> Write(Report report)
    {
        var folder = Directory.CreateTempSubdirectory("pictures");
        try
        {
            return SvgFiles.Write(report, folder.FullName).ToDictionary(path => Path.GetFileNameWithoutExtension(path), path => XDocument.Load(path));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
