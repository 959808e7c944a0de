using System.Text.Json.Serialization;

namespace Microsoft.ML.DeepClustering;

/// <summary>One training run from its own random start.</summary>
/// <param name="Seed">The seed of the run.</param>
/// <param name="LowestLoss">
/// The total loss of the epoch whose weights the run keeps, the lowest that was evaluated in the last phase; for a run that ended early before any
/// evaluation the mean over that epoch's batches. NaN when the run gave no model.
/// </param>
/// <param name="BestEpoch">That epoch of the last phase; 0 when the run gave no model.</param>
/// <param name="Epochs">All epochs, in order.</param>
/// <param name="Failure">Why the run ended early; null when it did not. The run keeps its best epoch before that, if it had clusters.</param>
public sealed record RunRecord(
    int Seed, double LowestLoss, int BestEpoch, IReadOnlyList<EpochRecord> Epochs, string? Failure)
{
    /// <summary>
    /// How much its clusters agree with those of the other runs: the mean adjusted Rand index, -0.5 to 1. Null where runs were not compared:
    /// with <see cref="RunCriterion.LowestLoss"/>, with fewer than three runs that have clusters, and of a run that ended early or has all rows in one cluster.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Agreement { get; init; }

    /// <summary>The phase in which the run ended early; null when it did not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FailedPhase { get; init; }

    /// <summary>The record of <see cref="BestEpoch"/>; null when the run gave no model.</summary>
    internal EpochRecord? BestRecord => Epochs.LastOrDefault(e => e.Epoch == BestEpoch && e.Phase == Epochs[^1].Phase);
}
