using Microsoft.ML.DeepClustering.Metrics.Partition;

namespace Microsoft.ML.DeepClustering.Tests.Metrics.Partition;

/// <summary>The expected numbers were made with scikit-learn 1.2's completeness_score.</summary>
[TestClass]
public sealed class CompletenessTests
{
    [TestMethod]
    [DataRow("mixed", 0.4881404928570851)]
    [DataRow("more clusters than classes", 0.32251538484772935)]
    [DataRow("fewer clusters than classes", 0.6005439318490577)]
    [DataRow("independent", 0.0)]
    [DataRow("pure but too many", 0.5)]
    [DataRow("worse than chance", 0.3690702464285424)]
    [DataRow("one cluster", 1.0)]
    [DataRow("one class", 0.0)]
    [DataRow("one class, one cluster", 1.0)]
    [DataRow("one row", 1.0)]
    [DataRow("each row alone", 1.0)]
    [DataRow("each row a class, one cluster", 1.0)]
    public void Compute_SmallPartitions_EqualsTheGoldenNumber(string partition, double expected)
        => Assert.AreEqual(expected, Completeness.Compute(Partitions.Table(partition)), 1e-12);

    [TestMethod]
    public void Compute_HundredThousandRows_EqualsTheGoldenNumber()
        => Assert.AreEqual(0.5483886688971524, Completeness.Compute(Partitions.ManyRows()), 1e-10);

    [TestMethod]
    public void Compute_ExampleOfItsDocumentation_IsWhatItSays()
        => Assert.AreEqual(2.0 / 3 * Math.Log(2) / Math.Log(3), Completeness.Compute(Partitions.Table("example")), 1e-15);
}
