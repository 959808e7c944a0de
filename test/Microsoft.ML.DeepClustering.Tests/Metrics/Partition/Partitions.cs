namespace Microsoft.ML.DeepClustering.Tests.Metrics.Partition;

/// <summary>Classes and clusters of rows that the measures of partitions are tried on.</summary>
internal static class Partitions
{
    // A digit a row: its class, and its cluster.
    private static readonly Dictionary<string, (string Classes, string Clusters)> Small = new()
    {
        ["example"] = ("000111", "001122"),
        ["mixed"] = ("000011112222", "000111122202"),
        ["more clusters than classes"] = ("0000011111", "0011233440"),
        ["fewer clusters than classes"] = ("00011122233344", "00001111100111"),
        ["independent"] = ("0011", "0101"),
        ["pure but too many"] = ("0011", "0123"),
        ["worse than chance"] = ("001122", "011220"),
        ["one cluster"] = ("0011", "0000"),
        ["one class"] = ("0000", "0011"),
        ["one class, one cluster"] = ("000", "111"),
        ["one row"] = ("0", "5"),
        ["each row alone"] = ("0123", "3210"),
        ["each row a class, one cluster"] = ("0123", "0000"),
    };

    /// <summary>A table of a few rows, by its name.</summary>
    public static ContingencyTable Table(string name) => TestTables.Count(Digits(Small[name].Classes), Digits(Small[name].Clusters));

    /// <summary>The table of <see cref="ManyLabels"/>.</summary>
    public static ContingencyTable ManyRows()
    {
        var (classes, clusters) = ManyLabels();
        return TestTables.Count(classes, clusters);
    }

    /// <summary>100,000 rows of ten classes in twelve clusters by a formula that any language can repeat; a quarter of the clusters are noise.</summary>
    public static (int[] Classes, int[] Clusters) ManyLabels()
    {
        var (classes, clusters) = (new int[100_000], new int[100_000]);
        for (var i = 0; i < classes.Length; i++)
        {
            var x = i * 2654435761L % 4294967296L;
            var y = ((i * 40503L) + 12345) % 65536;
            classes[i] = (int)((x >> 7) % 10);
            clusters[i] = (y >> 3) % 4 == 0 ? (int)((y >> 5) % 12) : ((classes[i] * 7) + 3) % 12;
        }

        return (classes, clusters);
    }

    private static int[] Digits(string text) => [.. text.Select(c => c - '0')];
}
