using Microsoft.ML.DeepClustering.Metrics.Partition;

namespace Microsoft.ML.DeepClustering.Tests.Metrics.Partition;

/// <summary>What holds for all six measures of partitions: their invariances, and their values for partitions that agree or are empty.</summary>
[TestClass]
public sealed class PartitionMeasuresTests
{
    private const double Exact = 1e-12;

    [TestMethod]
    public void Measures_ClustersRenamed_AreTheSame()
    {
        var (labels, clusters) = Partitions.ManyLabels();
        var renamed = clusters.Select(c => ((c * 5) + 3) % 12).ToArray();

        AreEqual(All(TestTables.Count(labels, clusters)), All(TestTables.Count(labels, renamed)), Exact);
    }

    [TestMethod]
    public void Measures_RowsPermuted_AreTheSame()
    {
        var (labels, clusters) = Partitions.ManyLabels();
        var order = Enumerable.Range(0, labels.Length).ToArray();
        new Random(3).Shuffle(order);
        var permuted = TestTables.Count([.. order.Select(i => labels[i])], [.. order.Select(i => clusters[i])]);

        AreEqual(All(TestTables.Count(labels, clusters)), All(permuted), Exact);
    }

    [TestMethod]
    public void Measures_LabelsAndClustersSwapped_SwapHomogeneityAndCompleteness()
    {
        var (labels, clusters) = Partitions.ManyLabels();
        var one = All(TestTables.Count(labels, clusters));
        var other = All(TestTables.Count(clusters, labels));

        AreEqual([one[0], one[1], one[2], one[3], one[6], one[5]], [other[0], other[1], other[2], other[3], other[5], other[6]], Exact);
    }

    [TestMethod]
    public void Measures_SamePartition_AreOne()
    {
        var (labels, _) = Partitions.ManyLabels();

        foreach (var value in All(TestTables.Count(labels, labels)))
            Assert.AreEqual(1.0, value, Exact);
    }

    [TestMethod]
    public void Measures_NoRows_AreNaN()
    {
        foreach (var value in All(TestTables.Count([], [])))
            Assert.IsTrue(double.IsNaN(value));
    }

    private static double[] All(ContingencyTable table) =>
    [
        ClusteringAccuracy.Compute(table),
        NormalizedMutualInformation.Compute(table, MutualInformationAveraging.Arithmetic),
        NormalizedMutualInformation.Compute(table, MutualInformationAveraging.Geometric),
        AdjustedRandIndex.Compute(table),
        Purity.Compute(table),
        Homogeneity.Compute(table),
        Completeness.Compute(table),
    ];

    private static void AreEqual(double[] expected, double[] actual, double tolerance)
    {
        Assert.HasCount(expected.Length, actual);
        for (var i = 0; i < expected.Length; i++)
            Assert.AreEqual(expected[i], actual[i], tolerance, $"measure {i}");
    }
}
