using System.Text;
using System.Text.Json.Nodes;

namespace Microsoft.ML.DeepClustering.Tests.Persistence;

/// <summary>Options.json and History.json that were written to deceive: what is missing, null, of another type or out of its range.</summary>
[TestClass]
public sealed class ForgedOptionsTests
{
    // What may be null, or is not read.
    private static readonly string[] _nullable =
    [
        "Options.PredictedLabelColumnName", "Options.ScoreColumnName", "Options.ProbabilityColumnName", "Options.EmbeddingColumnName", "Options.Seed",
        "Options.NumberOfThreads", "Options.NumberOfEpochs", "Options.BatchSize", "Options.UpdateInterval", "Options.LabelColumnName", "Options.ImageShape.Size",
        "Failure", "EvaluationLoss", "Performance",
    ];

    private static readonly TinyModel _model = TinyModel.Trained;

    public TestContext TestContext { get; set; } = null!;

    public static IEnumerable<object[]> Entries => [[TinyModel.Options], [TinyModel.History]];

    [TestMethod]
    [DynamicData(nameof(Entries))]
    public void Read_NullInAnyField_IsRefusedUnlessItMayBeNull(string entry)
    {
        var paths = Paths(JsonNode.Parse(_model.Entries[entry])!).ToArray();
        Assert.IsGreaterThan(15, paths.Length);
        var loading = new Loading();
        foreach (var path in paths)
        {
            var outcome = loading.Try(_model, _model.With(entry, n => Set(n, path, null)), $"{Text(path)} null");
            var mayBeNull = (_nullable.Contains(Text(path)) || _nullable.Contains(path[^1]));
            Assert.AreEqual(mayBeNull, outcome != LoadingOutcome.Refused, Text(path));
        }

        TestContext.WriteLine($"Mutations of the fields of {entry} to null, {paths.Length}: {loading}");
    }

    [TestMethod]
    [DynamicData(nameof(Entries))]
    public void Read_OtherValueInAnyField_LoadsOrIsRefused(string entry)
    {
        string[] values =
            ["-1", "0", "2147483647", "-2147483648", "9223372036854775807", "1e999", "0.5", "\"\"", "\"3\"", "\"NaN\"", "\"x\"", "true", "{}", "[]", "[[]]", "{\"a\":null}"];
        var loading = new Loading();
        foreach (var path in Paths(JsonNode.Parse(_model.Entries[entry])!))
        {
            foreach (var value in values)
                loading.Try(_model, _model.With(entry, n => Set(n, path, JsonNode.Parse(value))), $"{Text(path)} {value}");
        }

        TestContext.WriteLine($"Mutations of the fields of {entry} to {values.Length} values each: {loading}");
        Assert.IsGreaterThan(loading[LoadingOutcome.LoadedOther], loading[LoadingOutcome.Refused]);
    }

    [TestMethod]
    [DataRow("Format", "1.5")]
    [DataRow("Format", "0")]
    [DataRow("Method", "\"Ddc\\u0000\"")]
    [DataRow("Method", "\"Microsoft.ML.DeepClustering.DdcOptions\"")]
    [DataRow("Options.Network", "9")]
    [DataRow("Options.Network", "\"Recurrent\"")]
    [DataRow("Options.NumberOfClusters", "\"3\"")]
    [DataRow("Options.ScoringBatchSize", "0")]
    [DataRow("Options.ImageShape.Channels", "3")]
    [DataRow("Options.ImageShape", "null")]
    [DataRow("Shape", "[576]")]
    [DataRow("Shape", "[1, 24, 24, 1]")]
    [DataRow("Shape", "[]")]
    [DataRow("Shape", "[2147483647, 2147483647, 2147483647]")]
    [DataRow("Shape", "[2147483648, 1, 1]")]
    public void Read_OptionsOutOfRange_AreRefused(string field, string value)
        => Forgery.IsRefused(_model.With(TinyModel.Options, n => Set(n, field.Split('.'), JsonNode.Parse(value))), TinyModel.Options);

    [TestMethod]
    [DataRow("Runs", "[null]", "run 0 is null")]
    [DataRow("Runs", "[]", "0 runs")]
    [DataRow("Runs", "{}", "JSON")]
    [DataRow("BestRunIndex", "-1", "index -1")]
    [DataRow("BestRunIndex", "1", "index 1")]
    [DataRow("Runs.0.Epochs", "[null]", "an epoch of run 0 is null")]
    [DataRow("Runs.0.Epochs.0.Epoch", "0", "an epoch of run 0 is 0")]
    [DataRow("Runs.0.BestEpoch", "-1", "best epoch of run 0 is -1")]
    [DataRow("Runs.0.Epochs.0.Performance", "{\"77\": 1}", "a measure that is not one of")]
    [DataRow("Runs.0.Epochs.0.Performance", "{\"Beauty\": 1}", "JSON")]
    [DataRow("Runs.0.Epochs.0.Losses", "{\"separation\": \"much\"}", "JSON")]
    public void Read_ForgedHistory_IsRefused(string field, string value, string reason)
        => Forgery.IsRefused(_model.With(TinyModel.History, n => Set(n, field.Split('.'), JsonNode.Parse(value))), TinyModel.History, reason);

    [TestMethod]
    [DynamicData(nameof(Entries))]
    public void Read_TextThatIsNoUnicode_IsRefused(string entry)
    {
        // Half of a surrogate pair, and bytes that are no UTF-8, as names and as values.
        string[] halves = ["\\ud800", "\\udc00x", "\u00ff", "\u00c3("];
        foreach (var half in halves)
        {
            foreach (var field in (string[])[$"\"{half}\":1", $"\"Method\":\"{half}\"", $"\"Runs\":\"{half}\"", $"\"Options\":{{\"FeatureColumnName\":\"{half}\"}}", $"\"Runs\":[{{\"Failure\":\"{half}\"}}]"])
                Forgery.IsRefused(_model.With(entry, Encoding.Latin1.GetBytes("{" + field + "}")), $"{entry} is damaged");
        }

        var whole = Encoding.Latin1.GetString(_model.Entries[entry]);
        foreach (var half in halves)
            Forgery.IsRefused(_model.With(entry, Encoding.Latin1.GetBytes(whole.Replace("\"Ddc\"", $"\"{half}\"").Replace("\"clustering\"", $"\"{half}\""))), $"{entry} is damaged");
    }

    [TestMethod]
    public void Read_NumbersOfTheHistoryThatAreNaN_Load()
    {
        using var model = TinyModel.Read(_model.With(TinyModel.History, n => n["Runs"]![0]!["Epochs"]![0]!["TotalLoss"] = "NaN"));
        Assert.IsTrue(double.IsNaN(model.History.BestRun.Epochs[0].TotalLoss));
    }

    [TestMethod]
    public void Read_NamesOfTypes_HaveNoEffect()
    {
        const string forged = "System.Diagnostics.Process, System.Diagnostics.Process";
        var entries = _model.With(TinyModel.Options, n =>
        {
            foreach (var name in (string[])["$type", "$id", "method", "Assembly"])
                n[name] = forged;
            foreach (var name in (string[])["$type", "$id", "Method", "CancellationToken", "Progress", "Pretrained"])
                n["Options"]![name] = forged;
        });
        var history = JsonNode.Parse(_model.Entries[TinyModel.History])!;
        history["$type"] = forged;
        history["Runs"]![0]!["$type"] = forged;
        entries[TinyModel.History] = Encoding.UTF8.GetBytes(history.ToJsonString());
        using var model = TinyModel.Read(TinyModel.Sealed(entries));
        Assert.IsInstanceOfType<DdcOptions>(model.Options);
        Assert.IsNull(model.Options.Progress);
        TinyModel.Score(model);
        Forgery.IsRefused(_model.With(TinyModel.Options, n => n["Method"] = forged), "is not one of");
    }

    // All fields, each with the values within it.
    private static IEnumerable<string[]> Paths(JsonNode node)
    {
        var children = node switch
        {
            JsonObject fields => fields.Select(f => (f.Key, f.Value)),
            JsonArray items => items.Select((item, i) => (i.ToString(), item)),
            _ => [],
        };
        foreach (var (key, child) in children)
        {
            yield return [key];
            foreach (var path in child is null ? [] : Paths(child))
                yield return [key, .. path];
        }
    }

    private static void Set(JsonNode node, string[] path, JsonNode? value)
    {
        foreach (var step in path[..^1])
            node = Child(node, step);
        if (node is JsonArray items)
            items[int.Parse(path[^1])] = value;
        else
            node[path[^1]] = value;
    }

    private static JsonNode Child(JsonNode node, string step) => (node is JsonArray ? node[int.Parse(step)] : node[step])!;

    private static string Text(string[] path) => string.Join('.', path);
}
