using System.Text.Json.Nodes;
using Experiments;

namespace Samples.Tests.Experiments;

/// <summary>Tables of finished runs without their data.</summary>
[TestClass]
public sealed class FiguresTests
{
    private static readonly Experiment Experiment = System.Text.Json.JsonSerializer.Deserialize<Experiment>(
        """
        {
          "title": "t", "compare": "Mean", "data": [ { "name": "usps" } ],
          "systems": [
            { "label": "below", "method": "Dec", "on": { "usps": { "reason": "another network.", "published": { "ACC": 90, "NMI": 20 } } } },
            { "label": "reached", "method": "Idec", "on": { "usps": { "published": { "ACC": 75, "NMI": 70 } } } },
            { "label": "unknown", "method": "Dcn", "tried": "Other rates changed nothing.", "on": { "usps": { "published": { "ACC": 99, "NMI": 99 } } } },
            { "label": "unpublished", "method": "Centering" },
            { "label": "not made", "method": "Ddc" }
          ]
        }
        """, JsonFormat.Options)!;

    [TestMethod]
    public void Read_RunsOfAnyNumberOfThreads_BelongToTheRowOfTheirOptions()
    {
        var rows = Rows(Run("Dec", 2, .7, .6, threads: 2), Run("Dec", 1, .8, .6), Run("Dec", 3, .1, .1, options: o => o["BatchSize"] = 7), Run("Idec", 1, .7, .7));
        CollectionAssert.AreEqual(new[] { "below", "reached" }, rows.Select(r => r.Row.System.Label).ToArray());
        CollectionAssert.AreEqual(new[] { .8, .7 }, rows[0].Values("ACC"));
        Assert.AreEqual(75.0, rows[0].Compared("ACC"), 1e-9);
        Assert.AreEqual(-15.0, rows[0].Distance("ACC"), 1e-9);
        // Of 70 and 80 with n - 1.
        Assert.AreEqual(Math.Sqrt(50), rows[0].Deviation("ACC"), 1e-9);
    }

    [TestMethod]
    public void Read_RunsOfBothPrecisions_BelongToTheRowOfTheirOptionsEachSeedOnce()
    {
        var row = Rows(Run("Dec", 1, .1, .1, options: InBFloat16), Run("Dec", 1, .8, .6), Run("Dec", 2, .7, .6, options: InBFloat16)).Single();
        CollectionAssert.AreEqual(new[] { .8, .7 }, row.Values("ACC"), "that of the experiment's precision");
    }

    [TestMethod]
    public void Read_RowsOfPrecisionsOfTheirOwn_HaveTheirRunsAlone()
    {
        var experiment = System.Text.Json.JsonSerializer.Deserialize<Experiment>(
            """
            { "title": "t", "data": [ { "name": "usps" } ], "systems": [
              { "label": "half", "method": "Dec", "options": { "precision": "BFloat16" } }, { "label": "single", "method": "Dec", "options": { "Precision": "Float32" } } ] }
            """, JsonFormat.Options)!;
        var rows = FigureRow.Read([("e", experiment)], [Run("Dec", 1, .8, .6), Run("Dec", 2, .7, .6, options: InBFloat16)]);
        Assert.AreEqual("half 0.7, single 0.8", string.Join(", ", rows.Select(r => FormattableString.Invariant($"{r.Row.System.Label} {string.Join(' ', r.Values("ACC"))}"))));
        var half = experiment.Rows().First();
        Assert.AreEqual("BFloat16", (string?)MethodOptions.Resolve(half, 10, 1, Microsoft.ML.DeepClustering.NumericPrecision.Float32)["Precision"]);
    }

    [TestMethod]
    public void Of_ADataSetInTwoForms_HasATableForEachWithItsOwnRuns()
    {
        var experiment = System.Text.Json.JsonSerializer.Deserialize<Experiment>(
            """{ "title": "t", "data": [ { "name": "usps" }, { "name": "usps", "label": "usps-28", "side": 28 } ], "systems": [ { "label": "a", "method": "Dec" } ] }""", JsonFormat.Options)!;
        var large = Run("Dec", 1, .8, .6);
        large = large with { Job = large.Job with { Data = large.Job.Data with { Side = 28 } } };
        var rows = FigureRow.Read([("e", experiment)], [Run("Dec", 1, .7, .6), large]);
        Assert.AreEqual("a on usps 0.7, a on usps-28 0.8", string.Join(", ", rows.Select(r => FormattableString.Invariant($"{r.Row.Name} {string.Join(' ', r.Values("ACC"))}"))));
        var text = FigureTables.Of(rows);
        StringAssert.Contains(text, "### usps, 100 rows\n");
        StringAssert.Contains(text, "### usps-28, 100 rows\n");
    }

    [TestMethod]
    public void Of_APartOfADataSet_HasATableOfItsOwn()
    {
        var rows = Rows(Run("Dec", 1, .8, .6), Run("Idec", 1, .7, .7) with { Rows = 40 });
        var text = FigureTables.Of(rows);
        StringAssert.Contains(text, "### usps, 100 rows\n");
        StringAssert.Contains(text, "### usps, 40 rows\n");
    }

    [TestMethod]
    public void Standing_FollowsDistanceDeviationAndReason()
    {
        var rows = Rows(Run("Dec", 1, .8, .6), Run("Idec", 1, .70, .70), Run("Idec", 2, .78, .72), Run("Dcn", 1, .5, .5), Run("Centering", 1, .5, .5));
        CollectionAssert.AreEqual(new[] { Standing.Explained, Standing.Reached, Standing.Unexplained, Standing.None }, rows.Select(r => r.Standing).ToArray());
    }

    [TestMethod]
    public void Of_Rows_CountsAndExplainsThem()
    {
        var text = FigureTables.Of(Rows(Run("Dec", 1, .8, .6), Run("Idec", 1, .70, .70), Run("Idec", 2, .78, .72, options: InBFloat16), Run("Dcn", 1, .5, .5)));
        StringAssert.StartsWith(text, "1 rows are at their published figures, above them or within one standard deviation; 1 are below and explained, 1 below and not explained.");
        StringAssert.Contains(text, "| below | e | 1 | 0 | 2 | 80.0 / 60.0 * | 80.0 / 60.0 | 90.0 / 20.0 | -10.0 / +40.0 |  | 3 |");
        StringAssert.Contains(text, "| reached | e | 2 | 1 | 2 to 3 | 74.0 ± 5.7 / 71.0 ± 1.4 * |");
        StringAssert.Contains(text, "- below (e): another network.\n");
        StringAssert.Contains(text, "- unknown (e): the reason is not known. Other rates changed nothing.\n");
    }

    [TestMethod]
    public void Of_DistancesThatRoundTo0_HaveNoSign()
        => StringAssert.Contains(FigureTables.Of(Rows(Run("Idec", 1, .7496, .7004))), "| 75.0 / 70.0 | 0.0 / 0.0 |");

    [TestMethod]
    [DataRow("\n")]
    [DataRow("\r\n")]
    public void Replaced_Text_KeepsWhatIsAroundTheMarks(string end)
    {
        string[] lines = ["see `<!-- figures -->` below", "<!-- figures -->", "old", "<!-- end of figures -->", "after", ""];
        string[] expected = ["see `<!-- figures -->` below", "<!-- figures -->", "new", "<!-- end of figures -->", "after", ""];
        Assert.AreEqual(string.Join(end, expected), FiguresCommand.Replaced(string.Join(end, lines), "new\n", "x"));
        var error = Assert.ThrowsExactly<InvalidDataException>(() => FiguresCommand.Replaced("see <!-- figures --> and <!-- end of figures -->", "new\n", "x"));
        StringAssert.StartsWith(error.Message, "x has no lines <!-- figures -->");
    }

    [TestMethod]
    [DataRow("{ broken")]
    [DataRow("{}")]
    [DataRow("""{"Job":{"Method":"Dec","Options":null,"Seed":1,"Data":{"Name":"usps"},"DataHash":""},"Finished":"2026-01-01","Seconds":1,"Rows":1,"Measures":{"ACC":1,"NMI":1}}""")]
    [DataRow("""{"Job":{"Method":"Dec","Options":{},"Seed":1,"Data":{"Name":"usps"},"DataHash":""},"Finished":"2026-01-01","Seconds":1,"Rows":1,"Measures":{"NMI":1}}""")]
    [DataRow("""{"Job":{"Method":"Dec","Options":{},"Seed":1,"Data":{"Name":"usps"},"DataHash":""},"Finished":"2026-01-01","Seconds":1,"Rows":1,"Measures":{"ACC":"NaN","NMI":1}}""")]
    [DataRow("""{"Job":{"Method":"Dec","Options":{},"Seed":1,"Data":{"Name":"usps"},"DataHash":""},"Finished":"2026-01-01","Seconds":1,"Rows":1,"Measures":null}""")]
    [DataRow("""{"Job":{"Method":"Dec","Options":{},"Seed":1,"Data":{"Name":"usps"},"DataHash":""},"Finished":"2026-01-01","Seconds":1,"Rows":1,"Measures":{"ACC":1,"NMI":1},"ClusterSizes":null}""")]
    [DataRow("""{"Job":{"Method":"Dec","Options":{},"Seed":1,"Data":{},"DataHash":""},"Finished":"2026-01-01","Seconds":1,"Rows":1,"Measures":{"ACC":1,"NMI":1}}""")]
    [DataRow("""{"Job":{"Method":"Dec","Options":{},"Seed":1,"Data":{"Name":"usps"},"DataHash":""},"Finished":"2026-01-01","Seconds":1,"Rows":1,"Measures":{"ACC":1,"NMI":1},"Course":{"Seed":1,"LowestLoss":1,"BestEpoch":1,"Epochs":[null],"Failure":null}}""")]
    public void All_FileThatIsNoWholeResult_IsNamed(string content)
    {
        using var folder = new TestFolder();
        var path = folder.Write("some.json", content);
        var error = Assert.Throws<InvalidDataException>(() => new ResultStore(folder.Path).All());
        StringAssert.StartsWith(error.Message, path);
    }

    [TestMethod]
    public void Read_ResultWithOptionsOfOtherTypes_IsOfNoRow()
        => Assert.IsEmpty(Rows(Run("Dec", 1, .8, .6, options: o => o["NumberOfClusters"] = "ten")));

    [TestMethod]
    public void All_SameJobUnderTwoNames_CountsOnce()
    {
        using var folder = new TestFolder();
        var store = new ResultStore(folder.Path);
        store.Add(Run("Dec", 1, .8, .6));
        File.Copy(Directory.GetFiles(folder.Path).Single(), Path.Combine(folder.Path, "other.json"));
        Assert.HasCount(1, store.All());
    }

    [TestMethod]
    public void Readme_HasTheFiguresOfTheResultsBesideIt()
    {
        var folder = Path.Combine(TestPaths.Repository, "samples", "Experiments");
        var readme = File.ReadAllText(Path.Combine(folder, "README.md")).ReplaceLineEndings("\n");
        var figures = readme[(readme.IndexOf(FiguresCommand.Begin, StringComparison.Ordinal) + FiguresCommand.Begin.Length + 1)..readme.IndexOf(FiguresCommand.End, StringComparison.Ordinal)];
        Assert.AreEqual(FigureTables.Of(FiguresCommand.Rows(new ResultStore(Path.Combine(folder, "results")).All())), figures);
    }

    [TestMethod]
    public void Results_ThatAreShipped_BelongToExperimentsThatAreShipped()
    {
        var folder = Path.Combine(TestPaths.Repository, "samples", "Experiments");
        var results = new ResultStore(Path.Combine(folder, "results")).All();
        Assert.HasCount(Directory.GetFiles(Path.Combine(folder, "results"), "*.json").Length, results);
        var rows = FigureRow.Read(Directory.GetFiles(Path.Combine(folder, "experiments")).Select(f => (Path.GetFileNameWithoutExtension(f), Experiment.Read(f))), results);
        Assert.IsEmpty(results.Select(r => r.Job.Key()).Except(rows.SelectMany(r => r.Runs).Select(r => r.Job.Key())));
    }

    private static IReadOnlyList<FigureRow> Rows(params RunResult[] results) => FigureRow.Read([("e", Experiment)], results);

    private static void InBFloat16(JsonObject options) => options["Precision"] = "BFloat16";

    private static RunResult Run(string method, int seed, double accuracy, double information, int threads = 1, Action<JsonObject>? options = null)
    {
        var row = Experiment.Rows().First(r => r.System.Method == method);
        var resolved = MethodOptions.Resolve(row, classes: 10, threads);
        options?.Invoke(resolved);
        return new()
        {
            Job = new(method, resolved, seed, row.ScaledData, "hash"), Finished = default, Seconds = 3, Rows = 100, ClusterSizes = seed == 2 ? [60, 30, 10] : [60, 40],
            Measures = new Dictionary<string, double> { ["ACC"] = accuracy, ["NMI"] = information },
        };
    }
}
