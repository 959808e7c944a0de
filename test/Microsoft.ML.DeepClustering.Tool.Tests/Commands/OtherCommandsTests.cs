using System.Text.RegularExpressions;
using Microsoft.ML.DeepClustering.Tool.Tests.Support;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.DeepClustering.Tool.Tests.Commands;

/// <summary>choose-k, report, export-onnx and the help.</summary>
[TestClass]
public sealed class OtherCommandsTests
{
    private readonly Workspace _work = new();

    [TestCleanup]
    public void Delete() => _work.Dispose();

    [TestMethod]
    public async Task ChooseK_TwoGroups_TableAndReason()
    {
        var data = _work.Write("data.csv", Drawn.Csv(60));
        var before = _work.Entries();
        await _work.RunWellAsync("choose-k", data, "--to", "3", "--seeds", "2", "--pretraining-epochs", "10", "--threads", "1");
        StringAssert.Contains(_work.Output, "clusters  silhouette  stability");
        StringAssert.Contains(_work.Output, "2 clusters have the highest product of silhouette");
        CollectionAssert.AreEqual(before, _work.Entries());
    }

    [TestMethod]
    public async Task Report_ModelAndData_OneFile()
    {
        Drawn.Folder(_work, "pictures", 20);
        await _work.RunWellAsync(["train", _work.PathOf("pictures"), "--size", "16", "-o", _work.PathOf("out"), .. Short]);
        await _work.RunWellAsync("report", _work.PathOf("out/model.zip"), _work.PathOf("pictures"), "--labels", "folders", "-o", _work.PathOf("again"));
        CollectionAssert.AreEqual(new[] { _work.PathOf("again/report.html") }, Directory.GetFileSystemEntries(_work.PathOf("again")));
        StringAssert.Contains(File.ReadAllText(_work.PathOf("again/report.html")), "pictures");
    }

    [TestMethod]
    [DataRow("--color")]
    [DataRow("--size")]
    public async Task Report_FilesTooLargeToBeCopied_ShowsThePixelsThatTheModelSees(string option)
    {
        for (var i = 0; i < 6; i++)
            _work.Write($"photos/{i}.bmp", Drawn.Bitmap(i, i % 2 == 1, side: i < 2 ? 640 : 16));
        string[] settings = option == "--size" ? ["--size", "24x16"] : ["--size", "16", "--color"];
        await _work.RunWellAsync(["train", _work.PathOf("photos"), .. settings, "-o", _work.PathOf("out"), .. Short]);
        var report = File.ReadAllText(_work.PathOf("out/report.html"));
        Assert.IsFalse(report.Contains("too large to be shown", StringComparison.Ordinal));
        // The small files are copied, and the large ones drawn, besides the two decoded centroids.
        Assert.HasCount(4, Addresses(report, "bmp"));
        Assert.HasCount(4, Addresses(report, "png"));
    }

    [TestMethod]
    public async Task ExportOnnx_NumbersAndCategories_TheWholeGraphGivesTheSameClusters()
    {
        var data = _work.Write("data.csv", Drawn.Csv(20));
        await _work.RunWellAsync(["train", data, "-o", _work.PathOf("out"), .. Short]);
        await _work.RunWellAsync("export-onnx", _work.PathOf("out/model.zip"), "-o", _work.PathOf("model.onnx"));
        StringAssert.Contains(_work.Output, "Inputs: width, height, kind. Outputs: ");

        var rows = File.ReadAllLines(data).Skip(1).Select(l => l.Split(',')).ToArray();
        using var session = new InferenceSession(_work.PathOf("model.onnx"));
        using var outputs = session.Run(
        [
            NamedOnnxValue.CreateFromTensor("width", new DenseTensor<float>(Array.ConvertAll(rows, r => float.Parse(r[0])), [rows.Length, 1])),
            NamedOnnxValue.CreateFromTensor("height", new DenseTensor<float>(Array.ConvertAll(rows, r => float.Parse(r[1])), [rows.Length, 1])),
            NamedOnnxValue.CreateFromTensor("kind", new DenseTensor<string>(Array.ConvertAll(rows, r => r[2]), [rows.Length, 1])),
        ]);
        string[] names = ["PredictedLabel.output", "Score.output", "Probability.output", "Embedding.output"];
        StringAssert.Contains(_work.Output, $" Outputs: {string.Join(", ", names)}.");
        Assert.IsEmpty(names.Except(outputs.Select(o => o.Name)));
        var labels = outputs.Single(o => o.Name == "PredictedLabel.output").AsEnumerable<uint>().Select(l => $"{l}").ToArray();
        CollectionAssert.AreEqual(Clusters.Read(_work.PathOf("out/clusters.csv")).Column("cluster"), labels);
    }

    [TestMethod]
    public async Task ExportOnnx_Texts_FromTheFeaturesOn()
    {
        var data = _work.Write("texts.csv", "message\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"text {i} of {i % 3}\n")));
        await _work.RunWellAsync(["train", data, "--text", "message", "-o", _work.PathOf("out"), .. Short]);
        await _work.RunWellAsync("export-onnx", _work.PathOf("out/model.zip"), "-o", _work.PathOf("model.onnx"));
        StringAssert.Contains(_work.Output, "ONNX has no counterpart of the text featurizer");
        using var session = new InferenceSession(_work.PathOf("model.onnx"));
        CollectionAssert.AreEqual(new[] { "Features" }, session.InputMetadata.Keys.ToArray());
    }

    [TestMethod]
    public async Task ExportOnnx_Images_FromThePixelsOn()
    {
        Drawn.Folder(_work, "pictures", 10);
        await _work.RunWellAsync(["train", _work.PathOf("pictures"), "--size", "16", "--color", "-o", _work.PathOf("out"), .. Short]);
        await _work.RunWellAsync("export-onnx", _work.PathOf("out/model.zip"), "-o", _work.PathOf("model.onnx"));
        StringAssert.Contains(_work.Output, "ONNX does not read image files");
        StringAssert.Contains(_work.Output, "Features (3 x 16 x 16 numbers)");
        using var session = new InferenceSession(_work.PathOf("model.onnx"));
        CollectionAssert.AreEqual(new[] { "Features" }, session.InputMetadata.Keys.ToArray());
    }

    [TestMethod]
    [DataRow("train")]
    [DataRow("score")]
    [DataRow("choose-k")]
    [DataRow("report")]
    [DataRow("export-onnx")]
    public async Task Help_EachCommand_HasExamplesAndExitCodes(string command)
    {
        await _work.RunWellAsync(command, "--help");
        StringAssert.Contains(_work.Output, $"  deep-cluster {command} ");
        StringAssert.Contains(_work.Output, "Exit codes: 0 done; 1 bad input");
    }

    [TestMethod]
    [DataRow("train", "reconstruction alone. Default: the method's")]
    [DataRow("choose-k", "reconstruction alone. Default: 20")]
    public async Task Help_EpochsOfPretraining_AreThoseThatTheCommandTakes(string command, string words)
    {
        await _work.RunWellAsync(command, "--help");
        StringAssert.Contains(string.Join(' ', _work.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), words);
    }

    private static string[] Addresses(string report, string kind) => [.. Regex.Matches(report, $"<img [^>]*src=\"data:image/{kind};base64,").Select(m => m.Value)];

    private static string[] Short => ["--clusters", "2", "--epochs", "1", "--pretraining-epochs", "2", "--threads", "1"];
}
