using System.Runtime.Versioning;
using Microsoft.ML.DeepClustering.Reporting;
using Samples.Tests.Experiments;

namespace Samples.Tests.Reporting.Clusters;

/// <summary>What goes wrong is said in a sentence, and an older report stays.</summary>
[TestClass]
public sealed class WriteReportFaultsTests
{
    private static readonly MLContext Ml = new(seed: 1);

    [TestMethod]
    [DataRow("LabelColumnName", "Label", "The data has no column 'Label'; it has Id, Class, Sentence, PredictedLabel, Score, Features; name the column of known classes, or null for none.")]
    [DataRow("PredictedLabelColumnName", "Cluster", "The data has no column 'Cluster'; it has Id,")]
    [DataRow("PredictedLabelColumnName", "Sentence", "Column 'Sentence' has the type String; a predicted cluster must be a key, or a whole number from 1 on")]
    [DataRow("ScoreColumnName", "Distances", "The data has no column 'Distances'; it has Id,")]
    [DataRow("ScoreColumnName", "Sentence", "Column 'Sentence' has the type String; it must be a vector of known size of Single")]
    [DataRow("ProbabilityColumnName", "P", "The data has no column 'P'")]
    [DataRow("EmbeddingColumnName", "Codes", "The data has no column 'Codes'")]
    [DataRow("FeatureColumnName", "X", "The data has no column 'X'")]
    [DataRow("LabelColumnName", "Features", "Column 'Features' has the type Vector<Single, 3>; a label must be a key, a single number, a bool or a text.")]
    [DataRow("TextColumnName", "Text", "The data has no column 'Text'")]
    [DataRow("TextColumnName", "Score", "Column 'Score' has the type Vector<Single, 4>; it must be a text.")]
    [DataRow("ImageColumnName", "Image", "The data has no column 'Image'")]
    [DataRow("ImageColumnName", "Id", "Column 'Id' has the type Int32; images must be a vector of known size of Single or Byte, as ExtractPixels makes")]
    [DataRow("ImageColumnName", "Features", "Column 'Features' has the type Vector<Single, 3>, whose dimensions are not those of images of 1 or 3 channels; set ImageShape to one of 3 values.")]
    public void Write_ColumnThatDoesNotFit_NamesItAndTheOthers(string option, string name, string message)
    {
        var options = new ReportOptions();
        typeof(ReportOptions).GetProperty(option)!.SetValue(options, name);
        var e = Fails<ArgumentOutOfRangeException>(options);
        StringAssert.StartsWith(e.Message, message);
        Assert.AreEqual(option, e.ParamName);
    }

    [TestMethod]
    public void Write_DataWithoutClusters_NamesBothColumns()
    {
        var view = Ml.Data.LoadFromEnumerable(new[] { new { Age = 1f } });
        var e = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ReportPage.Write(Ml, view));
        StringAssert.StartsWith(e.Message, "The data has no column 'PredictedLabel', nor a vector of Single 'Score' in its place; it has Age; pass the output of a clustering model's Transform");
    }

    [TestMethod]
    public void Write_ImageShapeOfAnotherSize_SaysBothSizes()
        => StringAssert.StartsWith(
            Fails<ArgumentOutOfRangeException>(new() { ImageColumnName = "Features", ImageShape = new(1, 2, 2) }).Message,
            "ImageShape is 1 x 2 x 2 (channels, height, width), 4 values, but column 'Features' has 3; set an ImageShape that multiplies to 3.");

    [TestMethod]
    public void Write_OptionsOutOfRange_SaysAllOfThem()
    {
        var e = Fails<ArgumentException>(new() { ExamplesPerCluster = -1, MaximumMappedRows = 20_000, PredictedLabelColumnName = "", TextColumnName = "", ImageShape = new(2, 0, 1) });
        foreach (var option in new[] { "ExamplesPerCluster is -1", "MaximumMappedRows is 20000", "PredictedLabelColumnName is \"\"", "TextColumnName is \"\"", "ImageShape is 2 x 0 x 1" })
            StringAssert.Contains(e.Message, option);
    }

    [TestMethod]
    public void Write_NoRows_SaysSo()
        => StringAssert.StartsWith(Assert.ThrowsExactly<InvalidOperationException>(() => ReportPage.Write(Ml, View(0))).Message, "The data has 0 rows");

    [TestMethod]
    public void Write_FolderThatIsMissing_SaysWhich()
    {
        using var folder = new TestFolder();
        var path = Path.Combine(folder.Path, "none", "report.html");
        var e = Assert.ThrowsExactly<DirectoryNotFoundException>(() => Ml.Clustering.WriteReport(View(30), path));
        Assert.AreEqual($"The report cannot be written to '{path}': there is no folder '{Path.Combine(folder.Path, "none")}'; make it, or give another path.", e.Message);
    }

    [TestMethod]
    public void Write_PathOfAFolder_SaysSo()
    {
        using var folder = new TestFolder();
        var e = Assert.ThrowsExactly<IOException>(() => Ml.Clustering.WriteReport(View(30), folder.Path));
        StringAssert.StartsWith(e.Message, $"The report cannot be written to '{folder.Path}': that is a folder; give the path of a file");
        Assert.ThrowsExactly<ArgumentException>(() => Ml.Clustering.WriteReport(View(30), " "));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public void Write_FolderThatIsReadOnly_SaysSo()
    {
        using var folder = new TestFolder();
        var closed = Directory.CreateDirectory(Path.Combine(folder.Path, "closed"));
        File.SetUnixFileMode(closed.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var path = Path.Combine(closed.FullName, "report.html");
        try
        {
            File.WriteAllText(path, "");
            Assert.Inconclusive("This user may write into folders that are read-only.");
        }
        catch (UnauthorizedAccessException)
        {
            StringAssert.StartsWith(Assert.ThrowsExactly<IOException>(() => Ml.Clustering.WriteReport(View(30), path)).Message, $"The report cannot be written to '{path}' (");
        }
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void Write_FileThatCannotBeWritten_LeavesTheOlderReport()
    {
        using var folder = new TestFolder();
        // With the ending of the temporary file beside it the name is longer than a file's may be.
        var path = folder.Write($"{new string('r', 240)}.html", "older");
        var e = Assert.ThrowsExactly<IOException>(() => Ml.Clustering.WriteReport(View(30), path));
        StringAssert.StartsWith(e.Message, $"The report cannot be written to '{path}' (");
        IsAlone(folder, path);
    }

    [TestMethod]
    public void Write_DataThatFails_LeavesTheOlderReport()
    {
        using var folder = new TestFolder();
        var path = folder.Write("report.html", "older");
        var failing = Ml.Data.LoadFromEnumerable(ScoredRow.Make(30).Select(row => row.Id < 20 ? row : throw new NotSupportedException("as the test wants")));
        Assert.Throws<Exception>(() => Ml.Clustering.WriteReport(failing, path));
        IsAlone(folder, path);
    }

    [TestMethod]
    public void Write_Cancelled_LeavesTheOlderReport()
    {
        using var folder = new TestFolder();
        var path = folder.Write("report.html", "older");
        using var source = new CancellationTokenSource();
        var rows = ScoredRow.Make(3000).Select(row =>
        {
            if (row.Id == 1500)
                source.Cancel();
            return row;
        });
        Assert.ThrowsExactly<OperationCanceledException>(() => Ml.Clustering.WriteReport(Ml.Data.LoadFromEnumerable(rows), path, new() { CancellationToken = source.Token }));
        IsAlone(folder, path);
    }

    private static void IsAlone(TestFolder folder, string path)
    {
        Assert.AreEqual("older", File.ReadAllText(path));
        CollectionAssert.AreEqual(new[] { path }, Directory.GetFiles(folder.Path));
    }

    private static T Fails<T>(ReportOptions options)
        where T : Exception
        => Assert.ThrowsExactly<T>(() => ReportPage.Write(Ml, View(30), options));

    private static IDataView View(int rows) => Ml.Data.LoadFromEnumerable(ScoredRow.Make(rows));
}
