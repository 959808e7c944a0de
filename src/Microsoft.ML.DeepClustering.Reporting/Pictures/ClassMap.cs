namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>The classes' names, and the class that each cluster is mapped to by the best one-to-one map.</summary>
internal sealed class ClassMap
{
    private readonly IReadOnlyList<string> _names;
    private readonly IReadOnlyList<int?> _classOfCluster;

    /// <param name="names">The names of the classes.</param>
    /// <param name="contingency">The table that has the map; null for no map.</param>
    public ClassMap(IReadOnlyList<string> names, Contingency? contingency)
        => (_names, _classOfCluster) = (names, contingency?.ClassOfCluster ?? []);

    /// <summary>Whether there is a map.</summary>
    public bool IsKnown => _classOfCluster.Count > 0;

    /// <summary>The class of a cluster, 1 to k; null for one mapped to none.</summary>
    public int? ClassOf(int cluster) => cluster >= 1 && cluster <= _classOfCluster.Count ? _classOfCluster[cluster - 1] : null;

    /// <summary>The name of a class, else its number.</summary>
    public string NameOf(int label) => label < _names.Count ? _names[label] : $"{label}";

    /// <summary>Clusters, 1 to k, in the order of the classes that they are mapped to; those mapped to none last.</summary>
    public int[] ClustersByClass() => Enumerable.Range(1, _classOfCluster.Count).OrderBy(cluster => ClassOf(cluster) ?? int.MaxValue).ToArray();
}
