using System.Runtime.InteropServices;

namespace Microsoft.ML.DeepClustering.Metrics.Partition;

/// <summary>Counts rows into a <see cref="ContingencyTable"/>. Its memory grows with the pairs of a class and a cluster that occur.</summary>
internal sealed class ContingencyCounter
{
    private readonly Dictionary<(int Class, int Cluster), long> _counts = [];

    /// <summary>Counts a row of a class and a cluster, both from 0.</summary>
    public void Add(int classNumber, int cluster) => CollectionsMarshal.GetValueRefOrAddDefault(_counts, (classNumber, cluster), out _)++;

    /// <summary>The table of the rows so far.</summary>
    /// <param name="classes">The number and the name of all classes, in the order that the table shall have. Those without rows are left out.</param>
    /// <param name="numberOfClusters">All clusters, more than the highest number of one.</param>
    public ContingencyTable ToTable(IEnumerable<(int Number, string Name)> classes, int numberOfClusters)
    {
        var counted = _counts.Keys.Select(key => key.Class).ToHashSet();
        var kept = classes.Where(c => counted.Contains(c.Number)).ToArray();
        var places = kept.Select((c, place) => (c.Number, place)).ToDictionary(c => c.Number, c => c.place);
        var counts = _counts.ToDictionary(cell => (places[cell.Key.Class], cell.Key.Cluster), cell => cell.Value);
        return new ContingencyTable(Array.AsReadOnly(kept.Select(c => c.Name).ToArray()), numberOfClusters, counts);
    }
}
