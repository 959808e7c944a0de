namespace Microsoft.ML.DeepClustering.Metrics;

/// <summary>Counts the rows of each cluster of a key column.</summary>
internal sealed class ClusterCounter(string columnName, ulong keyCount)
{
    // A key type of more values than this is taken as open-ended: only the clusters up to the highest seen are listed.
    private const int MaximumClusters = 1 << 20;

    private readonly List<long> _sizes = [.. new long[keyCount <= MaximumClusters ? (int)keyCount : 0]];

    /// <summary>The rows of each cluster, the cluster of key 1 first.</summary>
    public IReadOnlyList<long> Sizes => _sizes.AsReadOnly();

    /// <summary>Counts the cluster of a key and returns its number from 0, null if the key is missing.</summary>
    public int? Add(ulong key, long row)
    {
        if (key == 0)
            return null;
        if (key > MaximumClusters)
        {
            throw new InvalidOperationException(
                $"Row {row} of column '{columnName}' has the key {key}; at most {MaximumClusters} clusters can be evaluated. Name the column of predicted clusters.");
        }

        if (key > (ulong)_sizes.Count)
            _sizes.AddRange(new long[(int)key - _sizes.Count]);
        _sizes[(int)key - 1]++;
        return (int)key - 1;
    }
}
