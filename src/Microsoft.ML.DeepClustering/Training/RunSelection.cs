#nullable disable
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training.Listeners;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>The runs that have ended, and the best of them: the one of lowest loss that ended well, if there is one.</summary>
internal sealed class RunSelection : IDisposable
{
    private readonly List<RunRecord> _records = [];

    public IReadOnlyList<RunRecord> Records => _records;

    /// <summary>-1 when no run gave a model.</summary>
    public int BestIndex { get; private set; } = -1;

    /// <summary>The method that the best run has trained, or null.</summary>
    public ClusteringMethod Best { get; private set; }

    /// <summary>Adds a run. The method is the selection's from here on, or disposed when another run is better.</summary>
    public void Add(RunRecord record, ClusteringMethod method)
    {
        _records.Add(record);
        var isBetter = record.BestEpoch > 0 && (Best is null || Order(record).CompareTo(Order(_records[BestIndex])) < 0);
        (isBetter ? Best : method)?.Dispose();
        if (isBetter)
            (Best, BestIndex) = (method, _records.Count - 1);
    }

    /// <summary>Takes up what an earlier process has trained.</summary>
    public void Resume(IReadOnlyList<RunRecord> records, int bestIndex, ClusteringMethod best)
    {
        _records.AddRange(records);
        (BestIndex, Best) = (bestIndex, best);
    }

    /// <summary>The best method, which is the caller's from here on.</summary>
    public ClusteringMethod TakeBest()
    {
        var best = Best;
        Best = null;
        return best;
    }

    public void Dispose() => TakeBest()?.Dispose();

    private static (bool, double) Order(RunRecord record) => (record.Failure is not null, record.LowestLoss);
}
