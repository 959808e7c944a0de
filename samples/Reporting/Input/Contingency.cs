using Microsoft.ML.DeepClustering.Metrics;

namespace Samples.Reporting;

/// <summary>How many rows of each class lie in each cluster.</summary>
/// <param name="Counts">Rows of class i (first index, as in <see cref="RunReport.ClassNames"/>) in cluster j + 1 (second index).</param>
public sealed record Contingency(long[,] Counts)
{
    /// <summary>
    /// The class that each cluster is mapped to by the best one-to-one map, the one behind ACC; null for a cluster mapped to none.
    /// Default: null, found from the counts.
    /// </summary>
    public IReadOnlyList<int?>? ClassOfCluster { get; init; }

    /// <summary>The table and the map that an evaluation found; class i is <see cref="ContingencyTable.ClassNames"/> i.</summary>
    public static Contingency Of(ContingencyTable table)
    {
        var counts = new long[table.ClassNames.Count, table.NumberOfClusters];
        for (var i = 0; i < counts.GetLength(0); i++)
        {
            for (var j = 0; j < counts.GetLength(1); j++)
                counts[i, j] = table[i, (uint)j + 1];
        }

        var places = table.ClassNames.Index().ToDictionary(c => c.Item, c => c.Index);
        return new(counts) { ClassOfCluster = table.ClassOfCluster.Select(name => name is null ? (int?)null : places[name]).ToArray() };
    }
}
