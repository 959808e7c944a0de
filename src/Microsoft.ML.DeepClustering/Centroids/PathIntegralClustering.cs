using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Centroids;

/// <summary>
/// AC-PIC, agglomerative clustering by path integrals: groups of nearest neighbours are merged, each time those two between which the most paths of a random walk on the graph of
/// neighbours run. Zhang, Zhao and Wang, "Agglomerative clustering via maximum incremental path integral", Pattern Recognition 46, 2013, Algorithm 1.
/// </summary>
/// <remarks>
/// The time of the search for neighbours grows with n², that of the merges with the number of groups that are next to each other: where the points fall into no clusters, with n² too. Memory grows with n K.
/// <para>
/// The paper stops at k clusters. A few outliers that no other point has as a neighbour then often stand for one of them: here groups of K points or fewer, which are smaller than a
/// neighbourhood, do not count, and their points go to the cluster with the nearest mean, unless there are no k larger ones.
/// </para>
/// </remarks>
internal sealed class PathIntegralClustering
{
    /// <summary>Of more points the neighbours are not sought: that would take longer than some minutes.</summary>
    public const int MostPoints = 100_000;

    private const int MostNeighbors = 20;

    private readonly PathIntegral _paths;
    private readonly CancellationToken _cancellation;
    private readonly MergeTree _tree;
    private readonly List<HashSet<int>> _adjacent;
    private readonly PriorityQueue<(int A, int B), (double Loss, int A, int B)> _pairs = new();

    private PathIntegralClustering(NeighborGraph graph, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        var groups = graph.NearestGroups();
        (_paths, _tree) = (new(graph, groups), new(groups));
        _adjacent = [.. groups.Select(_ => new HashSet<int>())];
        foreach (var (a, b) in graph.EdgesBetween(groups))
        {
            _adjacent[a].Add(b);
            _adjacent[b].Add(a);
        }
    }

    /// <summary>The cluster of each point, 0 to k - 1. Null where there are fewer groups than k, where the graph falls into more parts of some size than k, and of too many points.</summary>
    /// <param name="points">(n, p), n ≥ k, finite.</param>
    /// <param name="clusters">k, 2 or more.</param>
    /// <param name="log">Takes a line where groups were too small to count.</param>
    /// <param name="cancellation">Honoured within one merge.</param>
    public static long[]? Run(Tensor points, int clusters, Action<string>? log = null, CancellationToken cancellation = default)
    {
        if (points.shape[0] > MostPoints)
            return null;
        var count = (int)points.shape[0];
        var degree = Math.Min(Math.Clamp(count / (2 * clusters), 1, MostNeighbors), count - 1);
        var graph = NeighborGraph.Create(points, degree, cancellation);
        var tree = new PathIntegralClustering(graph, cancellation).Merge();
        if (tree.Cut(clusters, degree + 1) is { } large)
        {
            var left = count - large.Sum(c => c.Length);
            if (left > 0)
                log?.Invoke($"{left} of {count} rows are in groups of at most {degree} rows, which are too small for a cluster: they go to the cluster with the nearest mean.");
            return Labels(large, points);
        }

        if (tree.Cut(clusters, 1) is not { } any)
            return null;
        log?.Invoke($"There are no {clusters} groups of more than {degree} rows; smaller ones are clusters too, the smallest of {any.Min(c => c.Length)}.");
        return Labels(any, points);
    }

    // Until no two of those that are left have an edge between them.
    private MergeTree Merge()
    {
        for (var a = 0; a < _adjacent.Count; a++)
        {
            foreach (var b in _adjacent[a].Where(b => b > a).Order())
                Enqueue(a, b);
        }

        while (_pairs.TryDequeue(out var pair, out _))
        {
            if (_paths.IsThere(pair.A) && _paths.IsThere(pair.B))
                Merge(pair.A, pair.B);
        }

        return _tree;
    }

    private void Merge(int a, int b)
    {
        var merged = _tree.Merge(a, b);
        _paths.Merge(a, b);
        var (adjacent, fewer) = _adjacent[a].Count >= _adjacent[b].Count ? (_adjacent[a], _adjacent[b]) : (_adjacent[b], _adjacent[a]);
        adjacent.UnionWith(fewer);
        adjacent.ExceptWith([a, b]);
        _adjacent.Add(adjacent);
        foreach (var other in adjacent.Order())
        {
            _adjacent[other].ExceptWith([a, b]);
            _adjacent[other].Add(merged);
            Enqueue(other, merged);
        }
    }

    // The pair of the largest affinity comes first, of equal ones that of the lowest numbers.
    private void Enqueue(int a, int b)
    {
        _cancellation.ThrowIfCancellationRequested();
        _pairs.Enqueue((a, b), (-_paths.Affinity(a, b), a, b));
    }

    // Points of no cluster go to that with the nearest mean.
    private static long[] Labels(int[][] clusters, Tensor points)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var values = points.cpu();
        var means = stack(clusters.Select(c => values.index_select(0, tensor(Array.ConvertAll(c, i => (long)i), dtype: ScalarType.Int64, device: CPU)).mean(new long[] { 0 })));
        var labels = CentroidDistance.Nearest(values, means).Labels.data<long>().ToArray();
        for (var c = 0; c < clusters.Length; c++)
            Array.ForEach(clusters[c], i => labels[i] = c);
        return labels;
    }
}
