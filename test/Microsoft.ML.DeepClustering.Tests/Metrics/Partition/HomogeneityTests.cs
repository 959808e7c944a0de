using Microsoft.ML.DeepClustering.Metrics.Partition;

namespace Microsoft.ML.DeepClustering.Tests.Metrics.Partition;

/// <summary>The expected numbers were made with scikit-learn 1.2's homogeneity_score.</summary>
[TestClass]
public sealed class HomogeneityTests
{
    [TestMethod]
    [DataRow("mixed", 0.4881404928570851)]
    [DataRow("more clusters than classes", 0.7245112497836533)]
    [DataRow("fewer clusters than classes", 0.25658431425035455)]
    [DataRow("independent", 0.0)]
    [DataRow("pure but too many", 1.0)]
    [DataRow("worse than chance", 0.3690702464285424)]
    [DataRow("one cluster", 0.0)]
    [DataRow("one class", 1.0)]
    [DataRow("one class, one cluster", 1.0)]
    [DataRow("one row", 1.0)]
    [DataRow("each row alone", 1.0)]
    [DataRow("each row a class, one cluster", 0.0)]
    public void Compute_SmallPartitions_EqualsTheGoldenNumber(string partition, double expected)
        => Assert.AreEqual(expected, Homogeneity.Compute(Partitions.Table(partition)), 1e-12);

    [TestMethod]
    public void Compute_HundredThousandRows_EqualsTheGoldenNumber()
        => Assert.AreEqual(0.5736550457240875, Homogeneity.Compute(Partitions.ManyRows()), 1e-10);

    [TestMethod]
    public void Compute_ExampleOfItsDocumentation_IsWhatItSays()
        => Assert.AreEqual(2.0 / 3, Homogeneity.Compute(Partitions.Table("example")), 1e-15);
}
