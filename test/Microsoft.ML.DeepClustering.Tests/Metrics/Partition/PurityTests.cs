using Microsoft.ML.DeepClustering.Metrics.Partition;

namespace Microsoft.ML.DeepClustering.Tests.Metrics.Partition;

/// <summary>The expected numbers were made with scikit-learn 1.2's contingency_matrix.</summary>
[TestClass]
public sealed class PurityTests
{
    [TestMethod]
    [DataRow("mixed", 0.75)]
    [DataRow("more clusters than classes", 0.9)]
    [DataRow("fewer clusters than classes", 0.42857142857142855)]
    [DataRow("independent", 0.5)]
    [DataRow("pure but too many", 1.0)]
    [DataRow("worse than chance", 0.5)]
    [DataRow("one cluster", 0.5)]
    [DataRow("one class", 1.0)]
    [DataRow("one class, one cluster", 1.0)]
    [DataRow("one row", 1.0)]
    [DataRow("each row alone", 1.0)]
    [DataRow("each row a class, one cluster", 0.25)]
    public void Compute_SmallPartitions_EqualsTheGoldenNumber(string partition, double expected)
        => Assert.AreEqual(expected, Purity.Compute(Partitions.Table(partition)), 1e-12);

    [TestMethod]
    public void Compute_HundredThousandRows_EqualsTheGoldenNumber()
        => Assert.AreEqual(0.77505, Purity.Compute(Partitions.ManyRows()), 1e-10);

    [TestMethod]
    public void Compute_ExampleOfItsDocumentation_IsWhatItSays()
        => Assert.AreEqual(5.0 / 6, Purity.Compute(Partitions.Table("example")), 1e-15);
}
