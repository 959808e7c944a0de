namespace Microsoft.ML.DeepClustering.Metrics.Partition;

/// <summary>How much several partitions of the same rows are alike: the mean adjusted Rand index of all pairs of them.</summary>
internal static class PartitionAgreement
{
    /// <summary>The mean, -0.5 to 1; NaN for fewer than two partitions.</summary>
    /// <param name="partitions">The cluster of each row, from 0; all of the same rows.</param>
    /// <param name="numberOfClusters">k.</param>
    public static double MeanOfPairs(IReadOnlyList<int[]> partitions, int numberOfClusters)
        => MeansWithOthers(partitions, numberOfClusters).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Of each partition the mean adjusted Rand index with the others, -0.5 to 1; NaN for a single one.</summary>
    /// <param name="partitions">The cluster of each row, from 0; all of the same rows.</param>
    /// <param name="numberOfClusters">k.</param>
    public static double[] MeansWithOthers(IReadOnlyList<int[]> partitions, int numberOfClusters)
    {
        var sums = new double[partitions.Count];
        for (var i = 0; i < sums.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var agreement = OfPair(partitions[i], partitions[j], numberOfClusters);
                sums[i] += agreement;
                sums[j] += agreement;
            }
        }

        return Array.ConvertAll(sums, s => s / (sums.Length - 1));
    }

    private static double OfPair(int[] first, int[] second, int numberOfClusters)
    {
        var counter = new ContingencyCounter();
        for (var row = 0; row < first.Length; row++)
            counter.Add(first[row], second[row]);
        return AdjustedRandIndex.Compute(counter.ToTable(Enumerable.Range(0, numberOfClusters).Select(c => (c, "")), numberOfClusters));
    }
}
