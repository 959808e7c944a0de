using System.Globalization;
using Microsoft.ML.DeepClustering.Reporting;

namespace Samples.Tests.Reporting;

/// <summary>A report that has everything, from made-up data.</summary>
internal static class ExampleReport
{
    public const int Side = 12;

    private static readonly string[] Names = ["T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"];

    /// <summary>The report.</summary>
    /// <param name="name">Stands in every text that a user may give; null for usual texts.</param>
    /// <param name="rows">Rows of the embedding and images.</param>
    public static Report Make(string? name = null, int rows = 300) => new(name ?? "Deep clustering: results")
    {
        Introduction = name ?? "Every method on every data set, with the published figures beside ours.",
        Notes = [name ?? "Made-up numbers.", "The run of lowest loss is the one that the papers report."],
        Tables = [Table(name)],
        Comparisons = [Mismatch(name)],
        Runs = [Run(name, rows, seed: 1), Run(name, rows, seed: 2) with { Title = name ?? "DDC, seed 2", Images = null, Embedding = null, Contingency = null }],
    };

    /// <summary>A table with the best map that an evaluation finds; classes and clusters without rows are there too.</summary>
    public static Contingency Evaluated(long[,] counts)
    {
        var (classes, clusters) = (counts.GetLength(0), counts.GetLength(1));
        var rows = from i in Enumerable.Range(0, classes) from j in Enumerable.Range(0, clusters) from _ in Enumerable.Range(0, (int)counts[i, j]) select new { Label = (float)i, PredictedLabel = (uint)j + 1 };
        var map = new int?[clusters];
        if (!rows.Any())
            return new(counts, map);
        var ml = new MLContext();
        var table = ml.Clustering.EvaluateDeepClustering(ml.Data.LoadFromEnumerable(rows), "Label").Contingency;
        for (var j = 0; j < table.NumberOfClusters; j++)
            map[j] = table.ClassOfCluster[j] is { } name ? int.Parse(name, CultureInfo.InvariantCulture) : null;
        return new(counts, map);
    }

    public static RunReport Run(string? name, int rows, int seed)
    {
        var random = new Random(seed);
        var classes = Enumerable.Range(0, rows).Select(i => i % 10).ToArray();
        // Cluster 10 is empty: class 9 is in cluster 8 with another. One row in eight is in another cluster.
        var clusters = Array.ConvertAll(classes, c => random.Next(8) == 0 ? 1 + random.Next(9) : c == 9 ? 8 : 1 + (2 * c + 4) % 9);
        var counts = new long[10, 10];
        for (var i = 0; i < rows; i++)
            counts[classes[i], clusters[i] - 1]++;
        return new(name ?? "DDC-UCO, tensor, seed 1", name ?? "Fashion-MNIST, 10,000 images")
        {
            Facts = [new("seed", "1"), new(name ?? "seconds", name ?? "83.1"), new("ACC", "53.7 %"), new("NMI", "55.5 %")],
            History = History(name, 30),
            Mismatch = [Series.ByEpoch(name ?? "companions and clustering", Curve(30, 0.62, 0.44, random))],
            Performance = [Series.ByEpoch("ACC", Curve(30, 0.2, 0.57, random)), Series.ByEpoch("NMI", Curve(30, 0.1, 0.55, random)), Series.ByEpoch("ARI", Curve(30, 0.05, 0.41, random))],
            ClassNames = Array.ConvertAll(Names, n => name ?? n),
            Embedding = new(clusters.Index().Select(c => Around(c.Item, c.Index == 17 ? float.NaN : 1, random)).ToArray(), clusters) { Classes = classes },
            Contingency = Evaluated(counts),
            ClusterSizes = Enumerable.Range(1, 10).Select(c => (long)clusters.Count(other => other == c)).ToArray(),
            Images = new(Side, Side, classes.Select(c => Drawing(c, random)).ToArray(), clusters, classes.Select(_ => random.NextSingle()).ToArray())
            {
                Low = -1,
                Decoded = Enumerable.Range(0, 10).Select(c => Drawing(c, random)).ToArray(),
            },
        };
    }

    public static RunRecord History(string? term, int epochs)
    {
        var random = new Random(5);
        EpochRecord Epoch(string phase, int epoch)
        {
            var clustering = 1.4 * Math.Exp(-epoch / 6.0) + 0.21 + 0.02 * random.NextDouble();
            var companion = 0.11 * Math.Exp(-epoch / 3.0) + 0.001;
            var losses = new Dictionary<string, double> { [term ?? "clustering"] = clustering, ["companion/1"] = companion, ["companion/2"] = 0.3 * companion };
            var record = new EpochRecord(phase, epoch, losses, clustering + 1.3 * companion, epoch % 2 == 0 ? clustering + 1.2 * companion : null, 8.2);
            return phase == "pretraining" ? record : record with { Quantities = Counts(epoch) };
        }

        return new(1, 0.2, epochs - 2, [.. Enumerable.Range(1, 5).Select(e => Epoch("pretraining", e)), .. Enumerable.Range(1, epochs).Select(e => Epoch(term ?? "clustering", e))], null);
    }

    private static Dictionary<string, double> Counts(int epoch) => new()
    {
        ["steps"] = 40 * epoch, ["conflicted"] = Math.Round(6000 * Math.Exp(-epoch / 8.0)), ["tolerated"] = 100, ["confidence"] = 0.3 - 0.001 * epoch, ["margin"] = 0.15 - 0.001 * epoch,
    };

    private static ResultTable Table(string? name) => new(name ?? "USPS and MNIST-test",
    [
        new(name ?? "DDC-UCO, tensor", name ?? "USPS")
        {
            Settings = name ?? "Glorot uniform, 200 epochs, 1e-4", Runs = 20,
            Accuracy = new(0.7421, 0.011, 0.688, 0.043), NormalizedMutualInformation = new(0.7651, 0.006, 0.731, 0.028), AdjustedRandIndex = new(0.684, 0.01, 0.622, 0.04),
            Published = new(0.756, 0.774, name ?? "Trosten et al. 2024, Table 2"),
            Mismatch = new(-1.21, 0.83), PublishedMismatch = new(-1.4, 0.9), Remark = name ?? "2 of 20 runs lost a cluster",
        },
        new("DDC", "USPS")
        {
            Settings = "Glorot uniform, 200 epochs, 1e-3", Runs = 20, Compared = ComparedValue.Mean,
            Accuracy = new(0.661, 0.02, 0.671, 0.05), NormalizedMutualInformation = new(0.69, 0.01, 0.702, 0.03),
            Published = new(0.679, 0.701, "Trosten et al. 2024, Table 2"), Mismatch = new(-0.4, 0.31),
        },
        new("k-means", "MNIST-test") { Accuracy = new(0.5342), NormalizedMutualInformation = new(0.4983), AdjustedRandIndex = new(double.NaN) },
    ])
    {
        Description = "Lowest loss: the run of lowest loss, with the deviation over bootstrap samples of the runs. Mean: over all runs.",
    };

    private static Comparison Mismatch(string? name)
    {
        var random = new Random(3);
        string[] methods = [name ?? "DDC-UCO, tensor", "DDC-UCO, naive", "DDC-AE", "DCEC", "DEC-UCO"];
        return new(name ?? "Objective function mismatch by epoch", methods.Select((m, i) => Series.ByEpoch(m, Curve(100, 0.7 - 0.08 * i, 0.56 - 0.06 * i, random))).ToArray())
        {
            VerticalAxis = "mismatch", ValueAxis = ValueAxis.Mismatch, Description = "As Figure 2 of Trosten et al. 2021.",
        };
    }

    private static double[] Curve(int epochs, double from, double to, Random random)
        => Enumerable.Range(0, epochs).Select(e => to + (from - to) * Math.Exp(-5.0 * e / epochs) + 0.03 * (random.NextDouble() - 0.5)).ToArray();

    private static float[] Around(int cluster, float scale, Random random)
        => Enumerable.Range(0, 20).Select(j => scale * ((j == cluster ? 5f : 0f) + 2 * (random.NextSingle() + random.NextSingle() - 1))).ToArray();

    // A stripe whose place and direction tell the class.
    private static float[] Drawing(int label, Random random) => Enumerable.Range(0, Side * Side).Select(i =>
    {
        var (y, x) = (i / Side, i % Side);
        var along = label < 5 ? x : y;
        return (along / 2 == label % 5 ? 0.9f : -0.9f) + 0.1f * random.NextSingle();
    }).ToArray();
}
