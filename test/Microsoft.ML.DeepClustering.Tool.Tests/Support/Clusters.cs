namespace Microsoft.ML.DeepClustering.Tool.Tests.Support;

/// <summary>A table clusters.csv as the tests read it; its fields have no quotes.</summary>
internal sealed record Clusters(string[] Titles, string[][] Rows)
{
    public static Clusters Read(string path)
    {
        var lines = File.ReadAllLines(path);
        return new(lines[0].Split(','), [.. lines.Skip(1).Select(l => l.Split(','))]);
    }

    public string[] Column(string title) => [.. Rows.Select(r => r[Array.IndexOf(Titles, title)])];

    /// <summary>Whether rows are in one cluster exactly when their keys are the same.</summary>
    public bool Agree(IEnumerable<string> keys)
    {
        var pairs = Column("cluster").Zip(keys).Distinct().ToArray();
        return pairs.Select(p => p.First).Distinct().Count() == pairs.Length && pairs.Select(p => p.Second).Distinct().Count() == pairs.Length;
    }
}
