using Microsoft.ML.Data;

namespace Samples.Tests.Reporting.Clusters;

/// <summary>A row as a clustering model scores it, made up.</summary>
internal sealed class ScoredRow
{
    public const int Clusters = 4;

    public int Id { get; set; }

    public string Class { get; set; } = "";

    public string Sentence { get; set; } = "";

    /// <summary>The cluster from 1; 0 for none.</summary>
    [NoColumn]
    public uint Cluster { get; set; }

    // ML.NET counts members of key type from 0, and what is beyond the count becomes the missing key.
    [KeyType(Clusters)]
    public uint PredictedLabel => unchecked(Cluster - 1);

    [VectorType(Clusters)]
    public float[] Score { get; set; } = [];

    [VectorType(3)]
    public float[] Features { get; set; } = [];

    /// <summary>Rows of clusters 1, 2 and 4; one in nine is far from its class. Cluster 3 is empty.</summary>
    public static ScoredRow[] Make(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var cluster = (uint)(i % 3 == 2 ? 4 : 1 + (i % 3));
            return new ScoredRow
            {
                Id = i,
                Class = $"class {(i % 9 == 0 ? "d" : "abc"[i % 3])}",
                Sentence = $"sentence {i}",
                Cluster = cluster,
                Score = [.. Enumerable.Range(1, Clusters).Select(c => c == cluster ? random.NextSingle() : 2 + random.NextSingle())],
                Features = [.. Enumerable.Range(1, 3).Select(j => (4f * (j == i % 3 ? 1 : 0)) + random.NextSingle())],
            };
        })];
    }
}
