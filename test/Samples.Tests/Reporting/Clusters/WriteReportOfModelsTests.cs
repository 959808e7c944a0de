using System.Globalization;
using System.IO.Compression;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Reporting;
using Samples.Tests.Experiments;

namespace Samples.Tests.Reporting.Clusters;

/// <summary>Reports on real models: ML.NET's K-means and a deep one, on the UCI digits.</summary>
[TestClass]
public sealed class WriteReportOfModelsTests
{
    private static readonly MLContext Ml = new(seed: 1);

    [TestMethod]
    public void Write_KMeansOfMachineLearningNet_ShowsImagesByTheirFeatures()
    {
        var data = Digits(400);
        var scored = Ml.Clustering.Trainers.KMeans(numberOfClusters: 10).Fit(data).Transform(data);
        var page = ReportPage.Write(Ml, new OnceView(scored), new() { LabelColumnName = "Label", ImageColumnName = "Features" });

        Assert.AreEqual("Features, 64 values", page.Facts["column of the measures and maps"]);
        Assert.IsGreaterThan(0.5, double.Parse(page.Facts["accuracy (ACC)"].Split(' ')[0], CultureInfo.InvariantCulture) / 100);
        CollectionAssert.AreEqual(new[] { "Cluster sizes", "Embedding, principal components", "Embedding, t-SNE", "Embedding, t-SNE, by class", "Classes and clusters" }, page.Pictures);
        Assert.DoesNotContain("Training", page.Sections);
        var rows = Ml.Data.CreateEnumerable<Scored>(scored, reuseRowObject: false).ToArray();
        foreach (var cluster in Enumerable.Range(1, 10))
        {
            var sorted = Enumerable.Range(0, rows.Length).Where(i => rows[i].PredictedLabel == cluster).OrderBy(i => rows[i].Score[cluster - 1]).Select(i => (long)i).ToArray();
            CollectionAssert.AreEqual(sorted.Take(8).ToArray(), page.Rows(cluster, "nearest"));
            CollectionAssert.AreEqual(sorted.Skip(8).TakeLast(8).Reverse().ToArray(), page.Rows(cluster, "farthest"));
        }

        Assert.IsTrue(page.Elements("img").All(img => img.Attribute("alt")!.Value.StartsWith("row ", StringComparison.Ordinal) && img.Attribute("width")!.Value == "56"));
    }

    [TestMethod]
    public void Write_DeepModel_ShowsItsTrainingAndWhatItDecodes()
    {
        var data = Digits(120);
        using var model = Ml.Clustering.Trainers.Idec(new IdecOptions { NumberOfClusters = 10, PretrainingEpochs = 2, NumberOfEpochs = 2, KMeansRestarts = 1, Seed = 1 }).Fit(data);
        var page = ReportPage.Write(Ml, model.Transform(data), new() { LabelColumnName = "Label", ImageColumnName = "Features", Model = model, ExamplesPerCluster = 4 });

        Assert.AreEqual("Training", page.Sections[^1]);
        Assert.AreEqual("Idec", page.Facts["method"]);
        CollectionAssert.IsSubsetOf(model.History.BestRun.Epochs.Select(e => $"Losses, {e.Phase}").Distinct().ToArray(), page.Pictures);
        Assert.AreEqual($"Embedding, {model.EmbeddingSize} values", page.Facts["column of the measures and maps"]);
        Assert.AreEqual(10, page.Elements("img").Count(img => img.Attribute("alt")!.Value.StartsWith("What the centroid of cluster", StringComparison.Ordinal)));
        Assert.Contains("mean probability", page.Text);
    }

    [TestMethod]
    public void Write_ImagesOfBytesInterleaved_AreDrawnAsTheyLie()
    {
        // A red pixel beside a blue one.
        var rows = Enumerable.Range(0, 6).Select(i => new Pixels { PredictedLabel = 1, Score = [i], Image = [255, 0, 0, 0, 0, 255] });
        var page = ReportPage.Write(Ml, Ml.Data.LoadFromEnumerable(rows), new() { ImageColumnName = "Image", ImageShape = new(3, 1, 2, Interleaved: true) });
        var expected = Convert.ToBase64String(PngImage.Encode(1, 2, 3, [255, 0, 0, 0, 0, 255]));
        Assert.IsTrue(page.Elements("img").All(img => img.Attribute("src")!.Value == $"data:image/png;base64,{expected}"));
    }

    private static IDataView Digits(int count)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(TestPaths.Repository, "samples/QuickStart/digits.csv.gz")), CompressionMode.Decompress));
        var rows = new List<Digit>();
        while (rows.Count < count && reader.ReadLine() is { } line)
        {
            var values = Array.ConvertAll(line.Split(','), value => float.Parse(value, CultureInfo.InvariantCulture));
            rows.Add(new() { Features = values[..64], Label = values[64] });
        }

        return Ml.Data.LoadFromEnumerable(rows);
    }

    private sealed class Digit
    {
        [VectorType(8, 8)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }

    private sealed class Scored
    {
        public uint PredictedLabel { get; set; }

        public float[] Score { get; set; } = [];
    }

    private sealed class Pixels
    {
        public uint PredictedLabel { get; set; }

        [VectorType(1)]
        public float[] Score { get; set; } = [];

        [VectorType(6)]
        public byte[] Image { get; set; } = [];
    }
}
