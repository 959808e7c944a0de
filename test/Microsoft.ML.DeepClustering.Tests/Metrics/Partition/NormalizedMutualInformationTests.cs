using Microsoft.ML.DeepClustering.Metrics.Partition;

namespace Microsoft.ML.DeepClustering.Tests.Metrics.Partition;

/// <summary>The expected numbers were made with scikit-learn 1.2's normalized_mutual_info_score, average_method "arithmetic" and "geometric".</summary>
[TestClass]
public sealed class NormalizedMutualInformationTests
{
    [TestMethod]
    [DataRow("mixed", 0.4881404928570851, 0.4881404928570851)]
    [DataRow("more clusters than classes", 0.4463420830411807, 0.48339013700166067)]
    [DataRow("fewer clusters than classes", 0.3595498191360043, 0.3925431860709114)]
    [DataRow("independent", 0.0, 0.0)]
    [DataRow("pure but too many", 0.6666666666666666, 0.7071067811865475)]
    [DataRow("worse than chance", 0.3690702464285424, 0.3690702464285424)]
    [DataRow("one cluster", 0.0, 0.0)]
    [DataRow("one class", 0.0, 0.0)]
    [DataRow("one class, one cluster", 1.0, 1.0)]
    [DataRow("one row", 1.0, 1.0)]
    [DataRow("each row alone", 1.0, 1.0)]
    [DataRow("each row a class, one cluster", 0.0, 0.0)]
    public void Compute_SmallPartitions_EqualsTheGoldenNumber(string partition, double arithmetic, double geometric)
        => AreEqual(arithmetic, geometric, Partitions.Table(partition), 1e-12);

    [TestMethod]
    public void Compute_HundredThousandRows_EqualsTheGoldenNumber()
        => AreEqual(0.5607373809619529, 0.5608796011005993, Partitions.ManyRows(), 1e-10);

    [TestMethod]
    public void Compute_ExampleOfItsDocumentation_IsWhatItSays()
    {
        // I = 2/3 ln 2, H(class) = ln 2, H(cluster) = ln 3.
        var information = 2.0 / 3 * Math.Log(2);
        AreEqual(2 * information / Math.Log(6), information / Math.Sqrt(Math.Log(2) * Math.Log(3)), Partitions.Table("example"), 1e-15);
        AreEqual(0.515804, 0.529541, Partitions.Table("example"), 5e-7);
    }

    private static void AreEqual(double arithmetic, double geometric, ContingencyTable table, double tolerance)
    {
        Assert.AreEqual(arithmetic, NormalizedMutualInformation.Compute(table, MutualInformationAveraging.Arithmetic), tolerance);
        Assert.AreEqual(geometric, NormalizedMutualInformation.Compute(table, MutualInformationAveraging.Geometric), tolerance);
    }
}
