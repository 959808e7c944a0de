using Microsoft.ML.DeepClustering.Tool.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tool.Tests.Commands;

/// <summary>No result is written over what is read.</summary>
[TestClass]
public sealed class OverwritingTests
{
    private readonly Workspace _work = new();

    [TestCleanup]
    public void Delete() => _work.Dispose();

    [TestMethod]
    [DataRow("train in/clusters.csv --output in", "clusters.csv is the input")]
    [DataRow("train in/other.idx --label-file in/model.zip --output in", "model.zip is the file of the labels")]
    [DataRow("train in/clusters.csv --output link", "clusters.csv is the input")]
    [DataRow("score in/model.zip in/clusters.csv --output in", "clusters.csv is the input")]
    [DataRow("score in/clusters.csv in/other.csv --output in", "clusters.csv is the model")]
    [DataRow("report in/report.html in/other.csv --output in", "report.html is the model")]
    [DataRow("export-onnx in/model.zip --output in/model.zip", "model.zip is the model")]
    [DataRow("score in/model.zip in/other.csv --output folders", "clusters.csv is a folder")]
    public async Task Run_OutputIsRead_RefusedBeforeAnyWork(string commandLine, string sentence)
    {
        foreach (var name in new[] { "clusters.csv", "other.csv", "model.zip", "report.html", "other.idx" })
            _work.Write($"in/{name}", "a,b\n1,2\n");
        _work.Write("folders/clusters.csv/file", "");
        Directory.CreateSymbolicLink(_work.PathOf("link"), _work.PathOf("in"));
        var before = _work.Entries();
        string[] arguments = [.. commandLine.Split(' ').Select((a, i) => i == 0 || a.StartsWith("--", StringComparison.Ordinal) ? a : _work.PathOf(a))];
        Assert.AreEqual(ExitCodes.BadInput, await _work.RunAsync(arguments), _work.Output + _work.Errors);
        StringAssert.Contains(_work.Errors, sentence);
        Assert.AreEqual("", _work.Output);
        CollectionAssert.AreEqual(before, _work.Entries());
    }

    [TestMethod]
    [DataRow("train", "[default: clusters]")]
    [DataRow("score", "[default: scored]")]
    [DataRow("report", "[default: report]")]
    public async Task Help_Output_HasAFolderOfItsOwn(string command, string folder)
    {
        await _work.RunWellAsync(command, "--help");
        StringAssert.Contains(_work.Output, folder);
    }
}
