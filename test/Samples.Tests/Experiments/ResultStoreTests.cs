using Experiments;
using Microsoft.ML.DeepClustering;

namespace Samples.Tests.Experiments;

[TestClass]
public sealed class ResultStoreTests
{
    private static readonly Job Job = new("Ddc", new() { ["BatchSize"] = 3 }, 1, new("usps", [0, 1], 20, 0, 1), "hash");

    [TestMethod]
    public void Find_AddedResult_IsTheSame()
    {
        using var folder = new TestFolder();
        var store = new ResultStore(folder.Path);
        var result = Result();
        store.Add(result);
        var found = store.Find(Job)!;
        Assert.AreEqual(result.Job.Key(), found.Job.Key());
        Assert.AreEqual(result.Finished, found.Finished);
        CollectionAssert.AreEqual(result.Measures.ToArray(), found.Measures.ToArray());
        Assert.AreEqual(EpochMismatchOf(result), EpochMismatchOf(found));
        Assert.IsTrue(double.IsNaN(found.Course!.LowestLoss));
    }

    [TestMethod]
    public void Find_OtherJob_IsNotThere()
    {
        using var folder = new TestFolder();
        var store = new ResultStore(folder.Path);
        store.Add(Result());
        Assert.IsNull(store.Find(Job with { Seed = 2 }));
    }

    [TestMethod]
    public void Find_JobOfAnotherPrecision_IsTheResultThatHasAModel()
    {
        using var folder = new TestFolder();
        var store = new ResultStore(folder.Path);
        var (single, half) = (Job with { Options = new() { ["Precision"] = "Float32" } }, Job with { Options = new() { ["Precision"] = "BFloat16" } });
        store.Add(Result() with { Job = half, Failure = "diverged" });
        Assert.IsNull(store.Find(single, inAnyPrecision: true));
        store.Add(Result() with { Job = single, Failure = "diverged" });
        Assert.AreEqual(single.Key(), store.Find(single, inAnyPrecision: true)!.Job.Key());
        store.Add(Result() with { Job = half });
        Assert.AreEqual(half.Key(), store.Find(single, inAnyPrecision: true)!.Job.Key());
        Assert.AreEqual(single.Key(), store.Find(single)!.Job.Key());
        store.Add(Result() with { Job = single });
        Assert.AreEqual(single.Key(), store.Find(single, inAnyPrecision: true)!.Job.Key());
        Assert.AreEqual(half.Key(), store.Find(half, inAnyPrecision: true)!.Job.Key());
    }

    [TestMethod]
    [DataRow("\"bfloat16\"", NumericPrecision.BFloat16)]
    [DataRow("1", NumericPrecision.BFloat16)]
    [DataRow("\"Half\"", null)]
    [DataRow("null", null)]
    public void Precision_OfAJob_IsReadAsTheOptionsAre(string json, NumericPrecision? expected)
        => Assert.AreEqual(expected, (Job with { Options = new() { ["Precision"] = System.Text.Json.Nodes.JsonNode.Parse(json) } }).Precision);

    [TestMethod]
    public void Find_FileThatIsCutOffAnywhere_IsNotThere()
    {
        using var folder = new TestFolder();
        var store = new ResultStore(folder.Path);
        store.Add(Result());
        var path = Directory.GetFiles(folder.Path, "*.json").Single();
        var whole = File.ReadAllBytes(path);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.IsNull(store.Find(Job), $"cut to {length} of {whole.Length} bytes");
        }
    }

    [TestMethod]
    [DataRow("ACC", -5)]
    [DataRow("NMI", 1.5)]
    [DataRow("NMI", double.NaN)]
    public void Find_MeasureThatIsNone_IsNotThereAndAllNamesIt(string measure, double value)
    {
        using var folder = new TestFolder();
        var store = new ResultStore(folder.Path);
        var result = Result();
        store.Add(result with { Measures = new Dictionary<string, double>(result.Measures) { [measure] = value } });
        Assert.IsNull(store.Find(Job));
        var error = Assert.ThrowsExactly<InvalidDataException>(() => store.All());
        StringAssert.StartsWith(error.Message, Directory.GetFiles(folder.Path).Single());
        StringAssert.Contains(error.Message, FormattableString.Invariant($"its {measure} is {value}, and must be from 0 to 1"));
    }

    [TestMethod]
    [DataRow(-1e-12, 1)]
    [DataRow(0, 1 + 1e-12)]
    public void Find_MeasureRoundedBeyondItsRange_IsThere(double accuracy, double information)
    {
        using var folder = new TestFolder();
        var store = new ResultStore(folder.Path);
        store.Add(Result() with { Measures = new Dictionary<string, double> { ["ACC"] = accuracy, ["NMI"] = information } });
        Assert.IsNotNull(store.Find(Job));
    }

    [TestMethod]
    public void Open_WhatAKilledRunLeft_IsCleared()
    {
        using var folder = new TestFolder();
        var store = new ResultStore(folder.Path);
        store.Add(Result());
        folder.Write($".{Job.FileName()}.json.77.tmp", "{");
        folder.Write(".model.zip.0123.tmp", "PK");
        store.Open().Dispose();
        CollectionAssert.AreEquivalent(new[] { ".lock", $"{Job.FileName()}.json" }, Directory.GetFiles(folder.Path).Select(Path.GetFileName).ToArray());
    }

    [TestMethod]
    public void Open_WhileAnotherRunnerIsAtWork_IsRefused()
    {
        using var folder = new TestFolder();
        using (new ResultStore(folder.Path).Open())
        {
            var error = Assert.ThrowsExactly<IOException>(() => new ResultStore(folder.Path).Open());
            StringAssert.Contains(error.Message, "Another runner");
        }

        new ResultStore(folder.Path).Open().Dispose();
    }

    private static EpochMismatch? EpochMismatchOf(RunResult result) => result.Course!.Epochs.Single().Mismatch;

    private static RunResult Result() => new()
    {
        Job = Job, Finished = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), Seconds = 1.5, Rows = 20,
        Measures = new Dictionary<string, double> { ["ACC"] = 0.75, ["NMI"] = 0.5, ["Silhouette"] = double.NaN },
        ClusterSizes = [12, 8],
        Course = new(1, double.NaN, 0, [new("clustering", 1, new Dictionary<string, double> { ["corners"] = 0.5 }, 0.5, null, 0.1) { Mismatch = new(0.25, 0.125) }], null),
    };
}
