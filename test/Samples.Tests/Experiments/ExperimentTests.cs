using System.Text.Json;
using System.Text.Json.Nodes;
using Experiments;
using Microsoft.ML.DeepClustering.Centroids;

namespace Samples.Tests.Experiments;

[TestClass]
public sealed class ExperimentTests
{
    private static readonly string Folder = Path.Combine(TestPaths.Repository, "samples", "Experiments", "experiments");

    public static IEnumerable<object[]> Shipped => Directory.EnumerateFiles(Folder, "*.json").Select(f => new object[] { Path.GetFileName(f) });

    [TestMethod]
    public void Settings_OfARow_AreNamedInWords()
    {
        var row = JsonSerializer.Deserialize<Experiment>("""
            { "title": "t", "data": [ { "name": "usps" } ], "systems": [
              { "label": "a", "method": "Dec", "preset": "Brb25", "options": { "Brb": null, "Augmentation": {}, "HiddenLayers": [8, 4], "PretrainingEpochs": 0, "RecordPerformance": true } },
              { "label": "b", "method": "Dec", "options": { "Brb": { "Reclusters": false, "ResetsMomentum": true } } } ] }
            """, JsonFormat.Options)!.Rows().ToArray();
        Assert.AreEqual("preset Brb25, no Brb, Augmentation, HiddenLayers 8-4, PretrainingEpochs 0", ReportTables.Settings(row[0]));
        Assert.AreEqual("Brb (Reclusters false, ResetsMomentum true)", ReportTables.Settings(row[1]));
    }

    [TestMethod]
    public void Shipped_Files_AreThoseOfThePapers()
        => CollectionAssert.IsSubsetOf(
            new[] { "pr24-ddc.json", "pr24-dec.json", "nldl21.json", "nldl21-figure-2.json", "dkm20.json", "ct.json", "ddc-short.json", "dynae.json" },
            Shipped.Select(f => (string)f[0]).ToArray());

    [TestMethod]
    [DynamicData(nameof(Shipped))]
    public void Read_ShippedFile_HasOptionsThatTheLibraryTakes(string file)
    {
        var rows = Experiment.Read(Path.Combine(Folder, file)).Rows().ToArray();
        Assert.IsNotEmpty(rows);
        var ml = new MLContext();
        var withoutFeatures = ml.Data.LoadFromEnumerable(new[] { new { Label = 1f } });
        foreach (var row in rows.Where(r => r.System.Method != MethodOptions.KMeans))
        {
            var resolved = MethodOptions.Resolve(row, classes: 10, threads: 1);
            // Fit looks at the options first, then for the features.
            var trainer = ml.Clustering.Trainers.DeepClustering(MethodOptions.Parse(row.System.Method, resolved));
            var e = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => trainer.Fit(withoutFeatures), row.Name);
            StringAssert.StartsWith(e.Message, "The data have no column 'Features'");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Shipped))]
    public void Read_ShippedFile_PublishedFiguresAndParticularsBelongToItsDataSets(string file)
    {
        var experiment = Experiment.Read(Path.Combine(Folder, file));
        var names = experiment.Data.Select(d => d.Called).ToHashSet();
        foreach (var system in experiment.Systems)
        {
            Assert.IsEmpty(system.On.Keys.Except(names), $"{system.Label} has particulars of data sets that the experiment has not");
            foreach (var (name, value) in system.On.Values.SelectMany(p => p.Published))
            {
                CollectionAssert.Contains(new[] { "ACC", "NMI", "R-OFM slope", "R-OFM R²" }, name);
                if (name is "ACC" or "NMI")
                    Assert.IsInRange(1.0, 100.0, value);
            }
        }
    }

    [TestMethod]
    public void Resolve_PresetThenOptions_TheLastSaidHolds()
    {
        var row = Row("""{ "label": "x", "method": "Dcn", "preset": "WithoutPretraining", "options": { "BatchSize": 64, "ClusteringWeight": 2 }, "on": { "usps": { "preset": "Usps", "options": { "BatchSize": 32 } } } }""");
        var options = (DcnOptions)MethodOptions.Parse("Dcn", MethodOptions.Resolve(row, classes: 7, threads: 3));
        Assert.AreEqual(50, options.PretrainingEpochs, "the data set's preset takes the place of the system's");
        Assert.AreEqual((32, 2.0, 7, 3), (options.BatchSize, options.ClusteringWeight, options.NumberOfClusters, options.NumberOfThreads));
    }

    [TestMethod]
    public void Rows_ADataSetInTwoForms_HaveTheirParticularsByLabelAndJobsWithoutIt()
    {
        var rows = JsonSerializer.Deserialize<Experiment>("""
            { "title": "t", "data": [ { "name": "usps" }, { "name": "usps", "label": "usps-28", "side": 28 } ], "systems": [
              { "label": "a", "method": "Dec", "on": { "usps": { "published": { "ACC": 1 } }, "usps-28": { "published": { "ACC": 2 }, "options": { "BatchSize": 7 } } } },
              { "label": "b", "method": "Dec", "only": [ "usps-28" ] } ] }
            """, JsonFormat.Options)!.Rows().ToArray();
        Assert.AreEqual("a on usps, a on usps-28, b on usps-28", string.Join(", ", rows.Select(r => r.Name)));
        Assert.AreEqual((1.0, 2.0), (rows[0].Particulars.Published["ACC"], rows[1].Particulars.Published["ACC"]));
        Assert.AreEqual(7, (int?)MethodOptions.Resolve(rows[1], 10, 1)["BatchSize"]);
        Assert.AreEqual(new DataChoice("usps", Side: 28), rows[1].ScaledData);
        var options = Options("{}");
        Assert.AreEqual((Job(options) with { Data = new("usps", Side: 28) }).Key(), (Job(options) with { Data = rows[1].ScaledData }).Key());
    }

    [TestMethod]
    public void Resolve_MisspeltOption_IsAnErrorThatNamesIt()
    {
        var row = Row("""{ "label": "x", "method": "Ddc", "options": { "NumberOfEpoch": 3 } }""");
        var error = Assert.ThrowsExactly<InvalidDataException>(() => MethodOptions.Resolve(row, 10, 1));
        StringAssert.Contains(error.Message, "NumberOfEpoch");
    }

    [TestMethod]
    [DataRow("""{ "label": "x", "method": "Dcc" }""", "Dcc")]
    [DataRow("""{ "label": "x", "method": "Ddc", "preset": "Usps" }""", "Usps")]
    public void Resolve_UnknownMethodOrPreset_IsAnErrorThatNamesIt(string system, string name)
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => MethodOptions.Resolve(Row(system), 10, 1));
        StringAssert.Contains(error.Message, $"'{name}'");
    }

    [TestMethod]
    [DataRow("""{ "title": "t", "data": [ { "name": "usps" } ], "systems": [], "seeds": 1 }""", "0 systems")]
    [DataRow("""{ "title": "t", "data": [ { "name": "usps" } ], "systems": [ { "label": "x", "method": "Ddc" } ], "seeds": 0 }""", "seeds")]
    [DataRow("""{ "title": "t", "data": [ { "name": "usps" } ], "systems": [ { "label": "x", "method": "Ddc" }, { "label": "x", "method": "Dec" } ] }""", "'x on usps'")]
    [DataRow("""{ "title": "t", "data": [ { "name": "usps" } ], "systemz": [] }""", "systemz")]
    [DataRow("""{ "title": "t", "data": [ { "name": "usps", "standardized": true, "low": 0 } ], "systems": [ { "label": "x", "method": "Ddc" } ] }""", "'x on usps'")]
    [DataRow("""{ "title": "t", "data": [ { "name": "usps", "standardized": true } ], "systems": [ { "label": "x", "method": "Ddc", "high": 2 } ] }""", "'x on usps'")]
    [DataRow("""{ "title": "t", "data": [ { "name": "usps", "side": 1 } ], "systems": [ { "label": "x", "method": "Ddc" } ] }""", "\"side\" of usps is 1; it must be 2 to 1024")]
    [DataRow("""{ "title": "t", """, "cannot be read")]
    public void Read_FaultyFile_IsAnErrorThatNamesFileAndFault(string content, string fault)
    {
        using var folder = new TestFolder();
        var path = folder.Write("faulty.json", content);
        var error = Assert.ThrowsExactly<InvalidDataException>(() => Experiment.Read(path));
        StringAssert.Contains(error.Message, path);
        StringAssert.Contains(error.Message, fault);
    }

    [TestMethod]
    public void Key_SameRunWrittenInAnotherOrder_IsTheSame()
    {
        var (a, b) = (Options("""{ "BatchSize": 3, "LearningRate": 0.1 }"""), Options("""{ "LearningRate": 0.1, "BatchSize": 3 }"""));
        Assert.AreEqual(Job(a).Key(), Job(b).Key());
    }

    [TestMethod]
    public void Key_AnotherRun_IsAnother()
    {
        var options = Options("""{ "BatchSize": 3 }""");
        Job[] jobs =
        [
            Job(options), Job(options) with { Seed = 2 }, Job(options) with { DataHash = "other" }, Job(options) with { Method = "Dec" },
            Job(Options("""{ "BatchSize": 4 }""")), Job(options) with { Data = new("usps", Rows: 5) }, Job(options) with { Data = new("usps", Low: 0) },
        ];
        Assert.HasCount(jobs.Length, jobs.Select(j => j.Key()).Distinct().ToArray());
        Assert.HasCount(jobs.Length, jobs.Select(j => j.FileName()).Distinct().ToArray());
    }

    private static JsonObject Options(string json) => JsonNode.Parse(json)!.AsObject();

    private static Job Job(JsonObject options) => new("Ddc", options, 1, new DataChoice("usps"), "hash");

    private static ExperimentRow Row(string system)
    {
        var experiment = JsonSerializer.Deserialize<Experiment>(
            $$"""{ "title": "t", "data": [ { "name": "usps" } ], "systems": [ {{system}} ] }""", JsonFormat.Options)!;
        return experiment.Rows().Single();
    }
}
