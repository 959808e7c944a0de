namespace Microsoft.ML.DeepClustering.Metrics;

/// <summary>How many rows of each class fell into each cluster. Only classes and clusters that occur have a row or a column.</summary>
internal sealed class ContingencyTable
{
    private ContingencyTable(long[,] counts)
    {
        Counts = counts;
        ClassTotals = new long[counts.GetLength(0)];
        ClusterTotals = new long[counts.GetLength(1)];
        for (var i = 0; i < ClassTotals.Length; i++)
        {
            for (var j = 0; j < ClusterTotals.Length; j++)
            {
                ClassTotals[i] += counts[i, j];
                ClusterTotals[j] += counts[i, j];
                Total += counts[i, j];
            }
        }
    }

    /// <summary>Rows of class i (first index) in cluster j (second index).</summary>
    public long[,] Counts { get; }

    /// <summary>Rows of each class.</summary>
    public long[] ClassTotals { get; }

    /// <summary>Rows of each cluster.</summary>
    public long[] ClusterTotals { get; }

    /// <summary>All rows.</summary>
    public long Total { get; }

    /// <summary>Counts pairs. The numbers only tell classes, or clusters, apart; any integers will do.</summary>
    /// <param name="labels">The class of each row.</param>
    /// <param name="clusters">The cluster of each row, as many as labels.</param>
    public static ContingencyTable From(ReadOnlySpan<int> labels, ReadOnlySpan<int> clusters)
    {
        if (labels.Length != clusters.Length)
            throw new ArgumentException($"There are {labels.Length} labels but {clusters.Length} clusters; give one of each for every row.", nameof(clusters));

        var classIndex = Index(labels);
        var clusterIndex = Index(clusters);
        var counts = new long[classIndex.Count, clusterIndex.Count];
        for (var row = 0; row < labels.Length; row++)
            counts[classIndex[labels[row]], clusterIndex[clusters[row]]]++;
        return new ContingencyTable(counts);
    }

    private static Dictionary<int, int> Index(ReadOnlySpan<int> values)
    {
        var index = new Dictionary<int, int>();
        foreach (var value in values)
            index.TryAdd(value, index.Count);
        return index;
    }
}
