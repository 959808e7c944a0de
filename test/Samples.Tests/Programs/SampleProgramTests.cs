using System.Globalization;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Samples.Tests.Experiments;

namespace Samples.Tests.Programs;

/// <summary>Each sample is run as its reader runs it.</summary>
[TestClass]
[TestCategory("Slow")]
public sealed partial class SampleProgramTests
{
    private const int LongestFile = 100;

    [TestMethod]
    public void ImageFolder_DrawnShapes_AreClusteredByTheirShape()
    {
        using var program = SampleProgram.Start("ImageFolder");
        var lines = program.Finish();
        Assert.AreEqual("Trained on 300 pictures.", lines[0]);
        var shapes = lines[1..4].Select(l => Typical().Matches(l).Select(m => m.Groups[1].Value).Distinct().ToArray()).ToArray();
        CollectionAssert.AreEquivalent(new[] { "cross", "disc", "frame" }, shapes.SelectMany(s => s).ToArray(), string.Join('\n', lines));
        var rows = File.ReadAllLines(Path.Combine(program.Folder, "clusters.csv"));
        Assert.HasCount(301, rows);
        // The first picture in the order of names is a cross, the saved model says so too.
        Assert.AreEqual($"The saved model puts cross-000.png into cluster {rows[1].Split(',')[1]}.", lines[4]);
    }

    [TestMethod]
    public void ImageFeatures_DrawnLandscapes_AreClusteredByWhatTheyShow()
    {
        using var program = SampleProgram.Start("ImageFeatures", "30");
        var lines = program.Finish();
        Assert.IsGreaterThan(0.8, Number(lines[1], "accuracy"), string.Join('\n', lines));
    }

    [TestMethod]
    public void Texts_WrittenSentences_AreClusteredByTheirSubject()
    {
        using var program = SampleProgram.Start("Texts");
        var lines = program.Finish();
        Assert.AreEqual(4, lines.Count(l => l.StartsWith("cluster", StringComparison.Ordinal)));
        Assert.IsGreaterThan(0.9, Number(lines[^1], "accuracy"), string.Join('\n', lines));
    }

    [TestMethod]
    public void Texts_AFile_ItsLinesAreClustered()
    {
        using var folder = new TestFolder();
        var file = Path.Combine(folder.Path, "sentences.txt");
        File.WriteAllLines(file, Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? $"The dog barks {i} times." : $"Shares of the bank fell by {i} percent."));
        using var program = SampleProgram.Start("Texts", file, "2");
        var lines = program.Finish();
        Assert.AreEqual(2, lines.Count(l => l.StartsWith("cluster", StringComparison.Ordinal)));
        Assert.IsFalse(lines[^1].StartsWith("accuracy", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task Serving_PostedPoints_GetTheSameClusterFromBothModels()
    {
        using var program = SampleProgram.Start("Serving", "--urls", "http://127.0.0.1:0");
        var address = Address().Match(program.LineWith("Now listening on") ?? "").Value;
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        var clusters = new HashSet<uint>();
        float[][] points = [[0.2f, 0.2f], [0.8f, 0.8f], [0.2f, 0.8f]];
        // At once: more requests than there are engines at the start.
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Post(client, "/cluster", points[i % 3])));
        for (var i = 0; i < answers.Length; i++)
        {
            var exported = await Post(client, "/onnx/cluster", points[i % 3]);
            Assert.AreEqual(exported.Cluster, answers[i].Cluster);
            Assert.AreEqual(exported.Probability, answers[i].Probability, 1e-4);
            clusters.Add(exported.Cluster);
        }

        Assert.HasCount(3, clusters);
        using var refused = await client.PostAsJsonAsync("/cluster", new { Features = new[] { 1f } });
        Assert.AreEqual(System.Net.HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [TestMethod]
    public void ModelBuilder_MadeUpCustomers_FallIntoThreeClusters()
    {
        using var program = SampleProgram.Start("ModelBuilder");
        var lines = program.Finish();
        Assert.HasCount(3, lines);
        Assert.HasCount(3, lines.Select(l => Number(l, "cluster")).Distinct().ToArray(), string.Join('\n', lines));
        Assert.IsTrue(File.Exists(Path.Combine(program.Folder, "Customers.mlnet")));
    }

    [TestMethod]
    [DataRow("ImageFolder")]
    [DataRow("ImageFeatures")]
    [DataRow("Texts")]
    [DataRow("Serving")]
    [DataRow("Cluster")]
    [DataRow("ModelBuilder")]
    public void Sample_InTheRepository_IsShortAndNamedInTheListOfSamples(string name)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(TestPaths.Repository, "samples", name), "*.cs"))
            Assert.IsLessThan(LongestFile, File.ReadAllLines(file).Length, file);
        StringAssert.Contains(File.ReadAllText(Path.Combine(TestPaths.Repository, "samples/README.md")), $"| `{name}` |");
    }

    private static async Task<Answer> Post(HttpClient client, string path, float[] features)
    {
        using var response = await client.PostAsJsonAsync(path, new { Features = features });
        Assert.IsTrue(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<Answer>())!;
    }

    private static double Number(string line, string name)
        => double.Parse(Regex.Match(line, $@"{name} (\d+(\.\d+)?)").Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"([a-z]+)-\d+\.png")]
    private static partial Regex Typical();

    [GeneratedRegex(@"http://\S+")]
    private static partial Regex Address();

    private sealed record Answer(uint Cluster, float Probability);
}
