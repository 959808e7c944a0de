using Microsoft.ML.DeepClustering.Metrics.Partition;

namespace Microsoft.ML.DeepClustering.Tests.Metrics.Partition;

/// <summary>Contingency tables of plain numbers.</summary>
internal static class TestTables
{
    /// <summary>The table of labels and clusters from 0; the classes are named by their numbers. One more cluster than the highest is empty.</summary>
    public static ContingencyTable Count(int[] labels, int[] clusters)
    {
        Assert.HasCount(labels.Length, clusters);
        var counter = new ContingencyCounter();
        foreach (var (label, cluster) in labels.Zip(clusters))
            counter.Add(label, cluster);
        return counter.ToTable(labels.Distinct().Order().Select(label => (label, label.ToString())), clusters.Append(0).Max() + 2);
    }
}
