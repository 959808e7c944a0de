using Microsoft.ML.DeepClustering.Centroids;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// How many rows of each class fell into each cluster, and which class each cluster stands for. It counts the rows that have both a label
/// and a predicted cluster. All classes that such a row has are there, and all clusters of the key type, empty ones too.
/// </summary>
public sealed class ContingencyTable
{
    private readonly IReadOnlyDictionary<(int Class, int Cluster), long> _counts;

    // Its time grows with the cube of the classes, and not every measure needs it.
    private readonly Lazy<IReadOnlyList<int?>> _map;
    private long _matched;

    /// <param name="classNames">The name of each class. Every class has at least one row.</param>
    /// <param name="numberOfClusters">All clusters.</param>
    /// <param name="counts">The rows of each class and cluster, both from 0, where there are any.</param>
    internal ContingencyTable(IReadOnlyList<string> classNames, int numberOfClusters, IReadOnlyDictionary<(int Class, int Cluster), long> counts)
    {
        _counts = counts;
        var (classTotals, clusterTotals) = (new long[classNames.Count], new long[numberOfClusters]);
        foreach (var ((classNumber, cluster), count) in counts)
        {
            classTotals[classNumber] += count;
            clusterTotals[cluster] += count;
            Total += count;
        }

        (ClassNames, ClassTotals, ClusterTotals) = (classNames, Array.AsReadOnly(classTotals), Array.AsReadOnly(clusterTotals));
        _map = new(() => Array.AsReadOnly(BestMap()));
    }

    /// <summary>
    /// The classes, in the order of their values: a key's value annotation if the label column has such, else the label as text.
    /// Empty without labels.
    /// </summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The number of clusters, empty ones too.</summary>
    public int NumberOfClusters => ClusterTotals.Count;

    /// <summary>The rows of each class, in the order of <see cref="ClassNames"/>.</summary>
    public IReadOnlyList<long> ClassTotals { get; }

    /// <summary>The rows of each cluster; the cluster of key 1 comes first. Rows without a label are not in it.</summary>
    public IReadOnlyList<long> ClusterTotals { get; }

    /// <summary>All rows counted.</summary>
    public long Total { get; }

    /// <summary>
    /// The name of the class that each cluster is mapped to, the cluster of key 1 first, under the one-to-one map with the most rows
    /// in the class of their cluster: the map behind <see cref="DeepClusteringMetrics.Accuracy"/>. Null for a cluster that is mapped to no
    /// class, or to one of which it has no row. Of several best maps it is one.
    /// </summary>
    public IReadOnlyList<string?> ClassOfCluster => Array.AsReadOnly(ClassIndexOfCluster.Select(i => i is { } place ? ClassNames[place] : null).ToArray());

    /// <summary>
    /// The place in <see cref="ClassNames"/>, from 0, of the class that each cluster is mapped to, as in <see cref="ClassOfCluster"/>; it tells
    /// classes of the same name apart.
    /// </summary>
    public IReadOnlyList<int?> ClassIndexOfCluster => _map.Value;

    /// <summary>The rows whose cluster is mapped to their class.</summary>
    internal long Matched
    {
        get
        {
            _ = _map.Value;
            return _matched;
        }
    }

    /// <summary>The pairs of a class and a cluster that have rows, both from 0.</summary>
    internal IEnumerable<(int Class, int Cluster, long Count)> Cells => _counts.Select(c => (c.Key.Class, c.Key.Cluster, c.Value));

    /// <summary>The rows of a class in a cluster.</summary>
    /// <param name="classIndex">The place of the class in <see cref="ClassNames"/>, from 0.</param>
    /// <param name="cluster">The key of the cluster, 1 to <see cref="NumberOfClusters"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class or cluster.</exception>
    public long this[int classIndex, uint cluster]
    {
        get
        {
            if (classIndex < 0 || classIndex >= ClassNames.Count)
                throw new ArgumentOutOfRangeException(nameof(classIndex), classIndex, $"There are {ClassNames.Count} classes; give a place in ClassNames, from 0.");
            if (cluster < 1 || cluster > NumberOfClusters)
                throw new ArgumentOutOfRangeException(nameof(cluster), cluster, $"There are {NumberOfClusters} clusters; give a key from 1.");
            return _counts.GetValueOrDefault((classIndex, (int)cluster - 1));
        }
    }

    private int?[] BestMap()
    {
        // Of the clusters that have rows, so that a key type of many values costs nothing.
        var clusters = Enumerable.Range(0, NumberOfClusters).Where(j => ClusterTotals[j] > 0).ToArray();
        var column = new int[NumberOfClusters];
        for (var j = 0; j < clusters.Length; j++)
            column[clusters[j]] = j;
        var weights = new long[ClassNames.Count, clusters.Length];
        foreach (var (classNumber, cluster, count) in Cells)
            weights[classNumber, column[cluster]] = count;

        var assigned = HungarianAlgorithm.Maximize(weights);
        var classes = new int?[NumberOfClusters];
        for (var i = 0; i < assigned.Length; i++)
        {
            if (assigned[i] < 0 || weights[i, assigned[i]] == 0)
                continue;
            classes[clusters[assigned[i]]] = i;
            _matched += weights[i, assigned[i]];
        }

        return classes;
    }
}
