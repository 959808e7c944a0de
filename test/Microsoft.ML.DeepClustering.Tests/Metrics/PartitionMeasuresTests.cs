using Microsoft.ML.DeepClustering.Metrics.Partition;
using Microsoft.ML.DeepClustering.Torch;

namespace Microsoft.ML.DeepClustering.Tests.Metrics;

/// <summary>The expected numbers were made with scikit-learn 1.2 (accuracy with SciPy's linear_sum_assignment).</summary>
[TestClass]
public sealed class PartitionMeasuresTests
{
    private const double Exact = 1e-12;

    [TestMethod]
    [DataRow("000011112222", "000111122202", 0.75, 0.4881404928570851, 0.4881404928570851, 0.3125, 0.75, 0.4881404928570851, 0.4881404928570851, DisplayName = "mixed")]
    [DataRow("0000011111", "0011233440", 0.4, 0.4463420830411807, 0.48339013700166067, 0.12903225806451613, 0.9, 0.7245112497836533, 0.32251538484772935, DisplayName = "more clusters than classes")]
    [DataRow("00011122233344", "00001111100111", 0.42857142857142855, 0.3595498191360043, 0.3925431860709114, 0.13071895424836602, 0.42857142857142855, 0.25658431425035455, 0.6005439318490577, DisplayName = "fewer clusters than classes")]
    [DataRow("0011", "0101", 0.5, 0.0, 0.0, -0.5, 0.5, 0.0, 0.0, DisplayName = "independent")]
    [DataRow("0011", "0123", 0.5, 0.6666666666666666, 0.7071067811865475, 0.0, 1.0, 1.0, 0.5, DisplayName = "pure but too many")]
    [DataRow("001122", "011220", 0.5, 0.3690702464285424, 0.3690702464285424, -0.25, 0.5, 0.3690702464285424, 0.3690702464285424, DisplayName = "worse than chance")]
    [DataRow("0011", "0000", 0.5, 0.0, 0.0, 0.0, 0.5, 0.0, 1.0, DisplayName = "one cluster")]
    [DataRow("0000", "0011", 0.5, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, DisplayName = "one class")]
    [DataRow("000", "111", 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, DisplayName = "one class, one cluster")]
    [DataRow("0", "5", 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, DisplayName = "one row")]
    [DataRow("0123", "3210", 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, DisplayName = "each row alone")]
    [DataRow("0123", "0000", 0.25, 0.0, 0.0, 0.0, 0.25, 0.0, 1.0, DisplayName = "each row a class, one cluster")]
    public void Measures_SmallPartitions_EqualScikitLearns(
        string labels, string clusters, double accuracy, double nmi, double geometricNmi, double ari, double purity, double homogeneity, double completeness)
    {
        var table = TestTables.Count(Digits(labels), Digits(clusters));

        AreEqual([accuracy, nmi, geometricNmi, ari, purity, homogeneity, completeness], All(table), Exact);
    }

    [TestMethod]
    public void Measures_HundredThousandRows_EqualScikitLearns()
    {
        var (labels, clusters) = ManyRows();

        var table = TestTables.Count(labels, clusters);

        AreEqual(
            [0.77083, 0.5607373809619529, 0.5608796011005993, 0.581274313862927, 0.77505, 0.5736550457240875, 0.5483886688971524],
            All(table), 1e-10);
    }

    [TestMethod]
    public void Measures_ClustersRenamed_AreTheSame()
    {
        var (labels, clusters) = ManyRows();
        var renamed = clusters.Select(c => ((c * 5) + 3) % 12).ToArray();

        AreEqual(All(TestTables.Count(labels, clusters)), All(TestTables.Count(labels, renamed)), Exact);
    }

    [TestMethod]
    public void Measures_RowsPermuted_AreTheSame()
    {
        var (labels, clusters) = ManyRows();
        var order = Enumerable.Range(0, labels.Length).ToArray();
        new Random(3).Shuffle(order);
        var permuted = TestTables.Count([.. order.Select(i => labels[i])], [.. order.Select(i => clusters[i])]);

        AreEqual(All(TestTables.Count(labels, clusters)), All(permuted), Exact);
    }

    [TestMethod]
    public void Measures_LabelsAndClustersSwapped_SwapHomogeneityAndCompleteness()
    {
        var (labels, clusters) = ManyRows();
        var one = All(TestTables.Count(labels, clusters));
        var other = All(TestTables.Count(clusters, labels));

        AreEqual([one[0], one[1], one[2], one[3], one[6], one[5]], [other[0], other[1], other[2], other[3], other[5], other[6]], Exact);
    }

    [TestMethod]
    public void Measures_SamePartition_AreOne()
    {
        var (labels, _) = ManyRows();

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
        PartitionMeasures.Accuracy(table),
        PartitionMeasures.NormalizedMutualInformation(table, MutualInformationAveraging.Arithmetic),
        PartitionMeasures.NormalizedMutualInformation(table, MutualInformationAveraging.Geometric),
        PartitionMeasures.AdjustedRandIndex(table),
        PartitionMeasures.Purity(table),
        PartitionMeasures.Homogeneity(table),
        PartitionMeasures.Completeness(table),
    ];

    private static void AreEqual(double[] expected, double[] actual, double tolerance)
    {
        Assert.HasCount(expected.Length, actual);
        for (var i = 0; i < expected.Length; i++)
            Assert.AreEqual(expected[i], actual[i], tolerance, $"measure {i}");
    }

    private static int[] Digits(string text) => [.. text.Select(c => c - '0')];

    /// <summary>100,000 rows of ten classes in twelve clusters by a formula that any language can repeat; a quarter of the clusters are noise.</summary>
    private static (int[] Labels, int[] Clusters) ManyRows()
    {
        var (labels, clusters) = (new int[100_000], new int[100_000]);
        for (var i = 0; i < labels.Length; i++)
        {
            var x = i * 2654435761L % 4294967296L;
            var y = ((i * 40503L) + 12345) % 65536;
            labels[i] = (int)((x >> 7) % 10);
            clusters[i] = (y >> 3) % 4 == 0 ? (int)((y >> 5) % 12) : ((labels[i] * 7) + 3) % 12;
        }

        return (labels, clusters);
    }
}
