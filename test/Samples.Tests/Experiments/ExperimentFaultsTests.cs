using Experiments;
using Microsoft.ML.DeepClustering;

namespace Samples.Tests.Experiments;

/// <summary>Files of experiments that ask for what cannot be, or for what would change nothing.</summary>
[TestClass]
public sealed class ExperimentFaultsTests
{
    [TestMethod]
    [DataRow("""{ "title": null, "data": [ { "name": "usps" } ], "systems": [ { "label": "x", "method": "Dec" } ] }""", "title")]
    [DataRow("""{ "title": "t", "data": null, "systems": [ { "label": "x", "method": "Dec" } ] }""", "data")]
    [DataRow("""{ "title": "t", "data": [ null ], "systems": [ { "label": "x", "method": "Dec" } ] }""", "data[0]")]
    [DataRow("""{ "title": "t", "data": [ {} ], "systems": [ { "label": "x", "method": "Dec" } ] }""", "data[0].name")]
    [DataRow("""{ "title": "t", "data": [ { "name": "usps" } ], "systems": null }""", "systems")]
    [DataRow("""{ "title": "t", "data": [ { "name": "usps" } ], "systems": [ { "label": "x", "method": "Dec" }, null ] }""", "systems[1]")]
    [DataRow("""{ "title": "t", "notes": null, "data": [ { "name": "usps" } ], "systems": [ { "label": "x", "method": "Dec" } ] }""", "notes")]
    [DataRow("""{ "title": "t", "notes": [ "a", null ], "data": [ { "name": "usps" } ], "systems": [ { "label": "x", "method": "Dec" } ] }""", "notes[1]")]
    [DataRow("""{ "title": "t", "options": null, "data": [ { "name": "usps" } ], "systems": [ { "label": "x", "method": "Dec" } ] }""", "options")]
    public void Read_NullInAnExperiment_NamesFileAndPlace(string content, string place) => IsFaulty(content, $" has null, or nothing, for {place}, which must have a value.");

    [TestMethod]
    [DataRow(""" "label": null, "method": "Dec" """, "label")]
    [DataRow(""" "label": "x", "method": null """, "method")]
    [DataRow(""" "label": "x", "method": "Dec", "options": null """, "options")]
    [DataRow(""" "label": "x", "method": "Dec", "only": [ null ] """, "only[0]")]
    [DataRow(""" "label": "x", "method": "Dec", "on": null """, "on")]
    [DataRow(""" "label": "x", "method": "Dec", "on": { "usps": null } """, "on.usps")]
    [DataRow(""" "label": "x", "method": "Dec", "on": { "usps": { "options": null } } """, "on.usps.options")]
    [DataRow(""" "label": "x", "method": "Dec", "on": { "usps": { "published": null } } """, "on.usps.published")]
    public void Read_NullInASystem_NamesFileAndPlace(string system, string place) => IsFaulty(With(system), $" has null, or nothing, for systems[0].{place}, which must have a value.");

    [TestMethod]
    [DataRow("seeds", """{ "title": "t", "seeds": null, "data": [ { "name": "usps" } ], "systems": [ { "label": "x", "method": "Dec" } ] }""")]
    [DataRow("systems[0].on.usps.published.ACC", """{ "title": "t", "data": [ { "name": "usps" } ], "systems": [ { "label": "x", "method": "Dec", "on": { "usps": { "published": { "ACC": null } } } } ] }""")]
    public void Read_NullForANumber_NamesFileAndPlace(string place, string content) => IsFaulty(content, $"$.{place}");

    [TestMethod]
    public void Read_NullWhereItMeansNone_IsTaken()
        => Read("""
            { "title": "t", "source": null, "data": [ { "name": "usps", "classes": null, "rows": null, "side": null } ], "systems": [
              { "label": "x", "method": "Dec", "preset": null, "seeds": null, "only": null, "low": null, "remark": null, "options": { "Brb": null }, "on": { "usps": { "reason": null } } } ] }
            """);

    [TestMethod]
    [DataRow(""" "Seed": 5 """, "The option Seed is 5, which an experiment cannot set")]
    [DataRow(""" "seed": null """, "The option seed is null, which an experiment cannot set")]
    [DataRow(""" "CheckpointPath": "x" """, "The option CheckpointPath is \"x\", which an experiment cannot set")]
    [DataRow(""" "CheckpointInterval": 3 """, "CheckpointInterval")]
    [DataRow(""" "PretrainingFolder": "x" """, "PretrainingFolder")]
    [DataRow(""" "RunExecutor": {} """, "RunExecutor")]
    [DataRow(""" "FeatureStorage": "Auto" """, "FeatureStorage")]
    [DataRow(""" "FeatureColumnName": "Pixels" """, "The option FeatureColumnName is \"Pixels\", which an experiment cannot set")]
    [DataRow(""" "ScoreColumnName": null """, "ScoreColumnName")]
    [DataRow(""" "ExampleWeightColumnName": "Label" """, "ExampleWeightColumnName")]
    [DataRow(""" "BatchSize": 5, "batchsize": 6 """, " has systems[0].options.batchsize twice")]
    [DataRow(""" "Brb": { "Interval": 1, "Interval": 2 } """, " has systems[0].options.Brb.Interval twice")]
    [DataRow(""" "BatchSize": "many" """, "x on usps: The options of Dec cannot be read: BatchSize is \"many\"; it must be a whole number.")]
    [DataRow(""" "Optimizer": "SGD" """, "Optimizer is \"SGD\"; it must be one of Adam, Momentum.")]
    [DataRow(""" "Brb": 5 """, "Brb is 5; it must be options in braces.")]
    [DataRow(""" "Brb": { "Interval": true } """, "Brb.Interval is true; it must be a whole number.")]
    [DataRow(""" "HiddenLayers": [5, "6"] """, "HiddenLayers[1] is [5,\"6\"]; it must be a list of numbers in brackets.")]
    [DataRow(""" "PairLoss": 1 """, "PairLoss is 1; it must be true or false.")]
    [DataRow(""" "LearningRate": "fast" """, "LearningRate is \"fast\"; it must be a number.")]
    [DataRow(""" "LabelColumnName": 3 """, "LabelColumnName is 3; it must be a text.")]
    [DataRow(""" "Brb": { "Speed": 1 } """, "there is no option Brb.Speed.")]
    public void Read_OptionsThatWouldChangeNothing_AreRefused(string options, string fault) => IsFaulty(With($$""" "label": "x", "method": "Dec", "options": { {{options}} } """), fault);

    [TestMethod]
    [DataRow(""" "options": { "NumberOfClusters": "5" } """, "x on usps: NumberOfClusters of KMeans is \"5\"; it must be a whole number, 1 or more.")]
    [DataRow(""" "options": { "NumberOfClusters": 5.5 } """, "NumberOfClusters of KMeans is 5.5")]
    [DataRow(""" "options": { "NumberOfClusters": 0 } """, "NumberOfClusters of KMeans is 0")]
    [DataRow(""" "options": { "NumberOfClusters": null } """, "NumberOfClusters of KMeans is null")]
    [DataRow(""" "options": { "Foo": 1 } """, "KMeans has the option Foo, but its only one is NumberOfClusters")]
    [DataRow(""" "on": { "usps": { "options": { "Precision": "Float32" } } } """, "KMeans has the option Precision")]
    [DataRow(""" "preset": "Usps" """, "KMeans has no presets, and the preset is 'Usps'")]
    public void Read_KMeansWithWhatItHasNot_IsRefused(string settings, string fault) => IsFaulty(With($$""" "label": "x", "method": "KMeans", {{settings}} """), fault);

    [TestMethod]
    public void Read_OptionsOfAllWhereEachSystemIsKMeans_AreRefused()
        => IsFaulty("""{ "title": "t", "options": { "Foo": 1, "NumberOfClusters": 3 }, "data": [ { "name": "usps" } ], "systems": [ { "label": "x", "method": "KMeans" } ] }""", "The options of all systems have Foo, but each system is KMeans");

    [TestMethod]
    public void Resolve_KMeans_HasTheNumberOfClustersThatWasSaidLast()
    {
        var rows = Read("""
            { "title": "t", "options": { "NumberOfClusters": 35, "Precision": "BFloat16" }, "data": [ { "name": "usps" }, { "name": "digits" } ], "systems": [
              { "label": "AE", "method": "AutoencoderKMeans" }, { "label": "all", "method": "KMeans" },
              { "label": "own", "method": "KMeans", "options": { "numberofclusters": 5 }, "on": { "digits": { "options": { "NumberOfClusters": 4 } } } } ] }
            """).Rows().Where(r => r.System.Method == MethodOptions.KMeans).Select(r => $"{r.Name} {MethodOptions.Resolve(r, classes: 10, threads: 2, NumericPrecision.Float32).ToJsonString()}");
        CollectionAssert.AreEqual(
            new[] { """all on usps {"NumberOfClusters":35}""", """own on usps {"NumberOfClusters":5}""", """all on digits {"NumberOfClusters":35}""", """own on digits {"NumberOfClusters":4}""" },
            rows.ToArray());
    }

    [TestMethod]
    [DataRow(""" "on": { "nope": {} } """, "\"on\" of 'x' has nope; the data sets of the system are usps, mnist.")]
    [DataRow(""" "only": [ "usps" ], "on": { "mnist": {} } """, "\"on\" of 'x' has mnist; the data sets of the system are usps.")]
    [DataRow(""" "only": [ "nope" ] """, "\"only\" of 'x' has nope; the data sets of the experiment are usps, mnist.")]
    [DataRow(""" "only": [] """, "\"only\" of 'x' is []")]
    [DataRow(""" "seeds": 0 """, "\"seeds\" of 'x' is 0; it must be 1 or more.")]
    [DataRow(""" "low": 1 """, "\"low\" of 'x on usps' is 1 and \"high\" 1; both must be finite, and \"low\" below \"high\".")]
    [DataRow(""" "low": "NaN" """, "\"low\" of 'x on usps' is NaN")]
    [DataRow(""" "high": 1e39 """, "\"high\" Infinity")]
    [DataRow(""" "on": { "usps": { "published": { "Acc": 50 } } } """, "\"published\" of 'x on usps' has Acc; it can have ACC, NMI, R-OFM slope, R-OFM R².")]
    [DataRow(""" "on": { "usps": { "published": { "ACC": 101 } } } """, "ACC of 'x on usps' is published as 101")]
    [DataRow(""" "on": { "usps": { "published": { "R-OFM slope": "NaN" } } } """, "R-OFM slope of 'x on usps' is published as NaN")]
    public void Read_SystemThatCannotBe_IsRefused(string settings, string fault)
        => IsFaulty($$"""{ "title": "t", "data": [ { "name": "usps" }, { "name": "mnist" } ], "systems": [ { "label": "x", "method": "Dec", {{settings}} } ] }""", fault);

    [TestMethod]
    [DataRow(""" "rows": -5 """, "\"rows\" of usps is -5; it must be 1 or more")]
    [DataRow(""" "rows": 0 """, "\"rows\" of usps is 0; it must be 1 or more")]
    [DataRow(""" "side": 1025 """, "\"side\" of usps is 1025; it must be 2 to 1024.")]
    [DataRow(""" "classes": [] """, "\"classes\" of usps is []")]
    [DataRow(""" "low": 1, "high": 1 """, "\"low\" of usps is 1 and \"high\" 1;")]
    [DataRow(""" "low": "NaN" """, "\"low\" of usps is NaN")]
    [DataRow(""" "high": "Infinity" """, "\"high\" Infinity;")]
    [DataRow(""" "label": " " """, "\"label\" of usps is ' '; give it a name, or leave it out.")]
    [DataRow(""" "label": "small", "rows": 0 """, "\"rows\" of small is 0;")]
    public void Read_DataThatCannotBe_AreRefused(string settings, string fault)
        => IsFaulty($$"""{ "title": "t", "data": [ { "name": "usps", {{settings}} } ], "systems": [ { "label": "x", "method": "Dec" } ] }""", fault);

    [TestMethod]
    [DataRow(""" "label": "x", "method": "Dec" """, """ { "name": "usps" }, { "name": "usps", "side": 8 } """, "There is more than one row 'x on usps'; give each system a label of its own, and each form of a data set.")]
    [DataRow(""" "label": "x", "method": "Dec", "only": [ "usps" ] """, """ { "name": "usps", "label": "small", "side": 8 } """, "\"only\" of 'x' has usps; the data sets of the experiment are small.")]
    public void Read_FormsOfADataSetThatAreNotToldApart_AreRefused(string system, string data, string fault)
        => IsFaulty($$"""{ "title": "t", "data": [ {{data}} ], "systems": [ { {{system}} } ] }""", fault);

    [TestMethod]
    public void Read_CompareThatIsNoName_IsRefused()
        => IsFaulty("""{ "title": "t", "compare": 7, "data": [ { "name": "usps" } ], "systems": [ { "label": "x", "method": "Dec" } ] }""", "\"compare\" is 7; it must be LowestLoss or Mean.");

    private static string With(string system) => $$"""{ "title": "t", "data": [ { "name": "usps" } ], "systems": [ { {{system}} } ] }""";

    private static Experiment Read(string content)
    {
        using var folder = new TestFolder();
        return Experiment.Read(folder.Write("some.json", content));
    }

    private static void IsFaulty(string content, string fault)
    {
        using var folder = new TestFolder();
        var path = folder.Write("faulty.json", content);
        var error = Assert.ThrowsExactly<InvalidDataException>(() => Experiment.Read(path));
        StringAssert.StartsWith(error.Message, path);
        StringAssert.Contains(error.Message, fault);
    }
}
