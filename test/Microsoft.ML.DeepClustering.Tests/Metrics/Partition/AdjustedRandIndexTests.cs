using Microsoft.ML.DeepClustering.Metrics.Partition;

namespace Microsoft.ML.DeepClustering.Tests.Metrics.Partition;

/// <summary>The expected numbers were made with scikit-learn 1.2's adjusted_rand_score.</summary>
[TestClass]
public sealed class AdjustedRandIndexTests
{
    [TestMethod]
    [DataRow("mixed", 0.3125)]
    [DataRow("more clusters than classes", 0.12903225806451613)]
    [DataRow("fewer clusters than classes", 0.13071895424836602)]
    [DataRow("independent", -0.5)]
    [DataRow("pure but too many", 0.0)]
    [DataRow("worse than chance", -0.25)]
    [DataRow("one cluster", 0.0)]
    [DataRow("one class", 0.0)]
    [DataRow("one class, one cluster", 1.0)]
    [DataRow("one row", 1.0)]
    [DataRow("each row alone", 1.0)]
    [DataRow("each row a class, one cluster", 0.0)]
    public void Compute_SmallPartitions_EqualsTheGoldenNumber(string partition, double expected)
        => Assert.AreEqual(expected, AdjustedRandIndex.Compute(Partitions.Table(partition)), 1e-12);

    [TestMethod]
    public void Compute_HundredThousandRows_EqualsTheGoldenNumber()
        => Assert.AreEqual(0.581274313862927, AdjustedRandIndex.Compute(Partitions.ManyRows()), 1e-10);

    [TestMethod]
    public void Compute_ExampleOfItsDocumentation_IsWhatItSays()
        => Assert.AreEqual(8.0 / 33, AdjustedRandIndex.Compute(Partitions.Table("example")), 1e-15);
}
