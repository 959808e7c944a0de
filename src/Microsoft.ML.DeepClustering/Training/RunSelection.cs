namespace Microsoft.ML.DeepClustering.Training;

/// <summary>The runs that have ended, and the best of them: that of lowest loss, one that ended early only when no other gave a model.</summary>
internal sealed class RunSelection : IDisposable
{
    private readonly List<RunRecord> _records = [];

    /// <summary>The runs in the order in which they were made.</summary>
    public IReadOnlyList<RunRecord> Records => _records;

    /// <summary>The index of the best run in <see cref="Records"/>; -1 when no run gave a model.</summary>
    public int BestIndex { get; private set; } = -1;

    /// <summary>The method that the best run has trained; null when no run gave a model.</summary>
    public ClusteringMethod? Best { get; private set; }

    /// <summary>Adds a run. The selection owns the method from here on, and frees it when another run is better.</summary>
    public void Add(RunRecord record, ClusteringMethod method)
    {
        _records.Add(record);
        var isBetter = record.BestEpoch > 0 && (Best is null || Order(record).CompareTo(Order(_records[BestIndex])) < 0);
        (isBetter ? Best : method)?.Dispose();
        if (isBetter)
            (Best, BestIndex) = (method, _records.Count - 1);
    }

    /// <summary>Takes up the runs of an earlier process.</summary>
    /// <param name="records">The runs.</param>
    /// <param name="bestIndex">The index of the best of them; -1 when none gave a model.</param>
    /// <param name="best">Its method, which the selection owns from here on; null when none gave a model.</param>
    public void Resume(IReadOnlyList<RunRecord> records, int bestIndex, ClusteringMethod? best)
    {
        _records.AddRange(records);
        (BestIndex, Best) = (bestIndex, best);
    }

    /// <summary>Hands over the best method; the caller frees it.</summary>
    public ClusteringMethod? TakeBest()
    {
        var best = Best;
        Best = null;
        return best;
    }

    public void Dispose() => TakeBest()?.Dispose();

    private static (bool, double) Order(RunRecord record) => (record.Failure is not null, record.LowestLoss);
}
