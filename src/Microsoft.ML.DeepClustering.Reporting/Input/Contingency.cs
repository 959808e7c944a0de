
namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>How many rows of each class lie in each cluster.</summary>
/// <param name="Counts">Rows of class i (first index, as in <see cref="RunReport.ClassNames"/>) in cluster j + 1 (second index).</param>
/// <param name="ClassOfCluster">The class that each cluster is mapped to by the best one-to-one map, the one behind ACC; null for a cluster mapped to none.</param>
internal sealed record Contingency(long[,] Counts, IReadOnlyList<int?> ClassOfCluster)
{
    /// <summary>The table and the map that an evaluation found; class i is <see cref="ContingencyTable.ClassNames"/> i.</summary>
    public static Contingency Of(ContingencyTable table)
    {
        var counts = new long[table.ClassNames.Count, table.NumberOfClusters];
        for (var i = 0; i < counts.GetLength(0); i++)
        {
            for (var j = 0; j < counts.GetLength(1); j++)
                counts[i, j] = table[i, (uint)j + 1];
        }

        return new(counts, table.ClassIndexOfCluster);
    }
}
