using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Metrics.Embedding;

/// <summary>The measures of embeddings by plain loops over all pairs, and points to try them on.</summary>
internal static class NaiveMeasures
{
    /// <summary>The clusters of <see cref="Data"/>.</summary>
    public const int Clusters = 5;

    /// <summary>Points of five overlapping clusters of different sizes.</summary>
    public static (Tensor Points, int[] Clusters) Data(int rows, int size)
    {
        var clusters = Enumerable.Range(0, rows).Select(i => (int)Math.Sqrt(i * 7 % 25)).ToArray();
        return (TestTensors.Noise(rows, size) + Numbers(clusters).to(ScalarType.Float64).unsqueeze(1) * TestTensors.Wave(size), clusters);
    }

    /// <summary>(n) of Int64.</summary>
    public static Tensor Numbers(int[] clusters) => tensor(clusters.Select(c => (long)c).ToArray());

    /// <summary>(n, p) as arrays.</summary>
    public static double[][] Rows(Tensor points) => [.. TestTensors.Values(points).Chunk((int)points.shape[1])];

    public static double Silhouette(double[][] rows, int[] clusters)
    {
        var sizes = clusters.CountBy(c => c).ToDictionary();
        return rows.Select((row, i) =>
        {
            var sums = sizes.Keys.ToDictionary(c => c, _ => 0.0);
            for (var j = 0; j < rows.Length; j++)
                sums[clusters[j]] += Distance(row, rows[j]);
            if (sizes[clusters[i]] == 1)
                return 0;
            var a = sums[clusters[i]] / (sizes[clusters[i]] - 1);
            var b = sums.Where(s => s.Key != clusters[i]).Min(s => s.Value / sizes[s.Key]);
            return a == b ? 0 : (b - a) / Math.Max(a, b);
        }).Average();
    }

    public static double DaviesBouldin(double[][] rows, int[] clusters)
    {
        var means = Means(rows, clusters);
        var spreads = means.ToDictionary(m => m.Key, m => rows.Where((_, i) => clusters[i] == m.Key).Average(row => Distance(row, m.Value)));
        return means.Average(m => means.Where(o => o.Key != m.Key).Max(o => (spreads[m.Key] + spreads[o.Key]) / Distance(m.Value, o.Value)));
    }

    public static double CalinskiHarabasz(double[][] rows, int[] clusters)
    {
        var means = Means(rows, clusters);
        var centre = Mean(rows);
        var between = clusters.Sum(c => Math.Pow(Distance(means[c], centre), 2));
        var within = rows.Select((row, i) => Math.Pow(Distance(row, means[clusters[i]]), 2)).Sum();
        return between / within * (rows.Length - means.Count) / (means.Count - 1);
    }

    private static Dictionary<int, double[]> Means(double[][] rows, int[] clusters)
        => rows.Zip(clusters).GroupBy(pair => pair.Second).ToDictionary(g => g.Key, g => Mean([.. g.Select(pair => pair.First)]));

    private static double[] Mean(double[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(j => rows.Average(row => row[j]))];

    private static double Distance(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var j = 0; j < a.Length; j++)
            sum += (a[j] - b[j]) * (a[j] - b[j]);
        return Math.Sqrt(sum);
    }
}
