namespace Microsoft.ML.DeepClustering.Training;

/// <summary>
/// The runs that have ended, and the methods of those that may still be the best. A run that ended early is the best only
/// when all did, and one with all rows in one cluster only when all have that.
/// </summary>
/// <param name="criterion">Which run is the best.</param>
internal sealed class RunSelection(RunCriterion criterion) : IDisposable
{
    // Fewer agree with each other all alike.
    private const int FewestToAgree = 3;

    private readonly List<RunRecord> _records = [];

    // By the index of the run.
    private readonly SortedDictionary<int, ClusteringMethod> _kept = [];

    /// <summary>The runs in the order in which they were made.</summary>
    public IReadOnlyList<RunRecord> Records => _records;

    /// <summary>The methods that may still be the best, by the index of their run in <see cref="Records"/>; none when no run gave a model.</summary>
    public IReadOnlyDictionary<int, ClusteringMethod> Kept => _kept;

    /// <summary>Adds a run. The selection owns the method from here on, and frees it when it cannot be the best.</summary>
    public void Add(RunRecord record, ClusteringMethod method)
    {
        _records.Add(record);
        if (record.BestEpoch == 0)
            method.Dispose();
        else
            _kept.Add(_records.Count - 1, method);
        if (criterion == RunCriterion.LowestLoss && _kept.Count > 0)
            Keep(OfLowestLoss());
    }

    /// <summary>Takes up the runs of an earlier process.</summary>
    /// <param name="records">The runs.</param>
    /// <param name="kept">The methods that may still be the best, by the index of their run; the selection owns them from here on.</param>
    public void Resume(IReadOnlyList<RunRecord> records, IEnumerable<KeyValuePair<int, ClusteringMethod>> kept)
    {
        _records.AddRange(records);
        foreach (var (index, method) in kept)
            _kept.Add(index, method);
    }

    /// <summary>Chooses the best of all runs and frees the others' methods.</summary>
    /// <param name="agreements">Methods -> the mean agreement of the clusters of each with those of the others.</param>
    /// <returns>The index of its run in <see cref="Records"/>, and its method, which the caller frees; null when no run gave a model.</returns>
    public (int Index, ClusteringMethod Method)? TakeBest(Func<IReadOnlyList<ClusteringMethod>, double[]> agreements)
    {
        if (_kept.Count == 0)
            return null;
        var whole = _kept.Where(k => _records[k.Key].Failure is null && !HasCollapsed(k.Key)).ToArray();
        if (criterion == RunCriterion.Agreement && whole.Length >= FewestToAgree)
            Keep(OfHighestAgreement(whole, agreements([.. whole.Select(k => k.Value)])));
        else
            Keep(OfLowestLoss());
        var (index, method) = _kept.Single();
        _kept.Clear();
        return (index, method);
    }

    public void Dispose()
    {
        foreach (var method in _kept.Values)
            method.Dispose();
        _kept.Clear();
    }

    private int OfHighestAgreement(KeyValuePair<int, ClusteringMethod>[] runs, double[] agreements)
    {
        for (var i = 0; i < runs.Length; i++)
            _records[runs[i].Key] = _records[runs[i].Key] with { Agreement = agreements[i] };
        return runs.Select(r => r.Key).MaxBy(index => (_records[index].Agreement, -_records[index].LowestLoss));
    }

    private int OfLowestLoss() => _kept.Keys.MinBy(index => (HasCollapsed(index), _records[index].Failure is not null, _records[index].LowestLoss));

    private bool HasCollapsed(int index) => _records[index].BestRecord is { HasCollapsed: true };

    private void Keep(int best)
    {
        foreach (var index in _kept.Keys.Where(i => i != best).ToArray())
        {
            _kept[index].Dispose();
            _kept.Remove(index);
        }
    }
}
