using System.IO.Compression;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Tool.Modelling;
using Microsoft.ML.DeepClustering.Tool.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tool.Tests.Commands;

/// <summary>From each kind of input to the three files, and from the model to the same clusters again.</summary>
[TestClass]
public sealed class TrainTests
{
    private static readonly string[] Short = ["--clusters", "2", "--epochs", "4", "--pretraining-epochs", "15", "--threads", "1"];

    private readonly Workspace _work = new();

    [TestCleanup]
    public void Delete() => _work.Dispose();

    [TestMethod]
    public async Task Train_Csv_ClustersOfEachRowInOrder()
    {
        var data = _work.Write("data.csv", Drawn.Csv(60));
        await _work.RunWellAsync(["train", data, "--label", "kind", "--id", "name", "-o", _work.PathOf("out"), .. Short]);
        StringAssert.Contains(_work.Output, "numbers, scaled to [0, 1]: width, height");
        StringAssert.Contains(_work.Output, "accuracy 1.000");
        CollectionAssert.AreEquivalent(new[] { "clusters.csv", "model.zip", "report.html" }, Names("out"));
        var clusters = Clusters.Read(_work.PathOf("out/clusters.csv"));
        CollectionAssert.AreEqual(new[] { "row", "name", "cluster", "probability", "distance", "label" }, clusters.Titles);
        CollectionAssert.AreEqual(Enumerable.Range(0, 60).Select(i => $"row {i}").ToArray(), clusters.Column("name"));
        Assert.IsTrue(clusters.Agree(clusters.Column("label")));
        await ScoresTheSame(data);
    }

    [TestMethod]
    public async Task Train_ColumnsNamedAsTheModelNamesItsParts_AreAllTaken()
    {
        // Without the numbers nothing tells the rows apart; Text and Label are what a report calls its own.
        var rows = Enumerable.Range(0, 60).Select(i => FormattableString.Invariant($"{i % 2 * 10 + i % 7 * 0.1},{i % 2 * -5 - i % 5 * 0.1},{"ab"[i % 3 / 2]},{"ab"[i % 3 / 2]},{"ab"[i % 3 / 2]},word {"yz"[i % 3 / 2]} here,{(i % 2 == 0 ? "even" : "odd")}"));
        var data = _work.Write("data.csv", "width,height,numbers,(numbers),Label,Text,parity\n" + string.Join('\n', rows) + "\n");
        await _work.RunWellAsync(["train", data, "--label", "parity", "--columns", "width,height,numbers,(numbers),Label", "--text", "Text", "-o", _work.PathOf("out"), .. Short]);
        StringAssert.Contains(_work.Output, "numbers, scaled to [0, 1]: width, height");
        StringAssert.Contains(_work.Output, "categories, one-hot: numbers (2 values), (numbers) (2 values), Label (2 values)");
        var model = new MLContext().Model.Load(_work.PathOf("out/model.zip"), out var schema);
        using (model as IDisposable)
            Assert.AreEqual(2 + 3 * 2 + 4, ((VectorDataViewType)model.GetOutputSchema(schema)["Features"].Type).Size, "numbers, categories and words");
        CollectionAssert.AreEquivalent(new[] { "clusters.csv", "model.zip", "report.html" }, Names("out"));
        await ScoresTheSame(data);
    }

    [TestMethod]
    public async Task Train_LabelsThatAreMissing_AreNoClassOfTheirOwn()
    {
        var lines = Drawn.Csv(60).Split('\n');
        for (var i = 1; i <= 20; i++)
            lines[i] = lines[i].Replace(i % 2 == 0 ? ",big," : ",small,", i % 3 == 0 ? ",?," : ",NA,", StringComparison.Ordinal);
        var data = _work.Write("data.csv", string.Join('\n', lines));
        await _work.RunWellAsync(["train", data, "--label", "kind", "--id", "name", "-o", _work.PathOf("out"), .. Short]);
        StringAssert.Contains(_work.Output, "accuracy 1.000");
        CollectionAssert.AreEqual(Enumerable.Repeat("", 20).ToArray(), Clusters.Read(_work.PathOf("out/clusters.csv")).Column("label")[..20]);
    }

    [TestMethod]
    public async Task Train_FolderOfImages_ClustersOfEachFile()
    {
        Drawn.Folder(_work, "pictures", 40);
        await _work.RunWellAsync(["train", _work.PathOf("pictures"), "--labels", "folders", "--size", "16", "-o", _work.PathOf("out"), .. Short]);
        StringAssert.Contains(_work.Output, "16 x 16 pixels, grey, scaled to [0, 1]");
        var clusters = Clusters.Read(_work.PathOf("out/clusters.csv"));
        Assert.AreEqual(("a/00.bmp", "b/39.bmp"), (clusters.Column("file")[0], clusters.Column("file")[^1]));
        Assert.IsTrue(clusters.Agree(clusters.Column("label")));
        await ScoresTheSame(_work.PathOf("pictures"));
        // New pictures need not be sorted into sub-folders.
        _work.Write("new/1.bmp", Drawn.Bitmap(1, lower: true));
        await _work.RunWellAsync("score", _work.PathOf("out/model.zip"), _work.PathOf("new"), "-o", _work.PathOf("flat"));
        CollectionAssert.AreEqual(new[] { "1.bmp" }, Clusters.Read(_work.PathOf("flat/clusters.csv")).Column("file"));
        Assert.AreEqual(ExitCodes.BadInput, await _work.RunAsync("score", _work.PathOf("out/model.zip"), _work.PathOf("new"), "--labels", "folders", "-o", _work.PathOf("flat2")));
        StringAssert.Contains(_work.Errors, "has no images in sub-folders");
    }

    [TestMethod]
    public void WantsCenteredPixels_OfEachMethod_IsWhatItsOptionsAskFor()
    {
        foreach (var method in MethodCatalog.Names)
        {
            var expected = method is "Ddc" or "DdcAutoencoder" or "DdcUco" or "Depict";
            Assert.AreEqual(expected, MethodCatalog.WantsCenteredPixels(MethodCatalog.Create(method)), method);
        }
    }

    [TestMethod]
    public async Task Train_IdxWithDdc_PixelsAreCentered()
    {
        var images = _work.Write("images.idx", Drawn.Idx(40));
        using (var zip = new GZipStream(File.Create(_work.PathOf("labels.gz")), CompressionLevel.Fastest))
            zip.Write(Drawn.IdxLabels(40));
        await _work.RunWellAsync(
            "train", images, "--label-file", _work.PathOf("labels.gz"), "--method", "ddc", "--clusters", "2", "--epochs", "4", "--threads", "1", "-o", _work.PathOf("out"));
        StringAssert.Contains(_work.Output, "scaled to [-1, 1]");
        Assert.AreEqual("0", Clusters.Read(_work.PathOf("out/clusters.csv")).Column("label")[0]);
        await ScoresTheSame(images, "--label-file", _work.PathOf("labels.gz"));
    }

    [TestMethod]
    public async Task Train_Texts_FeaturizedWithinTheModel()
    {
        string[] topics = ["rain and wind on the coast", "butter and flour in the oven"];
        var data = _work.Write("texts.csv", "message\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"\"{topics[i % 2]}, number {i % 6 / 2}\"\n")));
        await _work.RunWellAsync(["train", data, "--text", "message", "-o", _work.PathOf("out"), .. Short]);
        StringAssert.Contains(_work.Output, "texts, featurized by their words: message");
        Assert.IsTrue(Clusters.Read(_work.PathOf("out/clusters.csv")).Agree(Enumerable.Range(0, 40).Select(i => $"{i % 2}")));
        await ScoresTheSame(data);
    }

    [TestMethod]
    public async Task Train_SentenceEncoder_NamedInTheModel()
    {
        string[] topics = ["It will rain at the coast.", "Bake the bread in the oven."];
        var data = _work.Write("texts.csv", "message\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"{topics[i % 2]} {i}\n")));
        await _work.RunWellAsync(["train", data, "--sentence-encoder", "-o", _work.PathOf("out"), .. Short]);
        StringAssert.Contains(_work.Output, "texts, by the sentence encoder: message");
        Assert.IsTrue(Clusters.Read(_work.PathOf("out/clusters.csv")).Agree(Enumerable.Range(0, 12).Select(i => $"{i % 2}")));
        await ScoresTheSame(data);
    }

    [TestMethod]
    public async Task Score_SeparatorOfTheTraining_IsKnownToTheModel()
    {
        var data = _work.Write("data.csv", Drawn.Csv(20, "|"));
        await _work.RunWellAsync(["train", data, "--separator", "|", "-o", _work.PathOf("out"), .. Short]);
        await ScoresTheSame(data);
    }

    [TestMethod]
    public async Task Train_WithoutClusters_FindsTheNumberAndSaysSo()
    {
        var data = _work.Write("data.csv", Drawn.Csv(40));
        await _work.RunWellAsync("train", data, "--epochs", "2", "--pretraining-epochs", "2", "--threads", "1", "-o", _work.PathOf("out"));
        StringAssert.Contains(_work.Output, "Without --clusters the number is found by a scan: 2 clusters have the highest product");
    }

    [TestMethod]
    public async Task Train_ParquetOutput_AsTheCsv()
    {
        var data = _work.Write("data.csv", Drawn.Csv(30));
        string[] arguments = ["train", data, "--id", "name", "-o", _work.PathOf("out"), .. Short];
        await _work.RunWellAsync(arguments);
        await _work.RunWellAsync([.. arguments, "--format", "parquet"]);
        var (table, _) = await Tool.Input.Tables.ParquetTable.ReadAsync(_work.PathOf("out/clusters.parquet"), CancellationToken.None);
        var csv = Clusters.Read(_work.PathOf("out/clusters.csv"));
        CollectionAssert.AreEqual(csv.Titles, table.Columns.Select(c => c.Name).ToArray());
        foreach (var column in table.Columns)
            CollectionAssert.AreEqual(csv.Column(column.Name), column.Texts, column.Name);
    }

    // The model needs nothing but the data.
    private async Task ScoresTheSame(string data, params string[] further)
    {
        await _work.RunWellAsync(["score", _work.PathOf("out/model.zip"), data, "-o", _work.PathOf("scored"), .. further]);
        Assert.AreEqual(File.ReadAllText(_work.PathOf("out/clusters.csv")), File.ReadAllText(_work.PathOf("scored/clusters.csv")));
        CollectionAssert.AreEqual(new[] { "clusters.csv" }, Names("scored"));
    }

    private string[] Names(string folder) => [.. Directory.EnumerateFileSystemEntries(_work.PathOf(folder)).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];
}
