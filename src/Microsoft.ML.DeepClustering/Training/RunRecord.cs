namespace Microsoft.ML.DeepClustering;

/// <summary>One training run from its own random start.</summary>
/// <param name="Seed">The seed of the run.</param>
/// <param name="LowestLoss">The lowest evaluated total loss of the last phase; NaN when the run failed.</param>
/// <param name="BestEpoch">The epoch of that loss in the last phase, whose weights the run keeps; 0 when the run failed.</param>
/// <param name="Epochs">All epochs, in order.</param>
/// <param name="Failure">Why the run ended early without a result; null when it did not.</param>
public sealed record RunRecord(
    int Seed, double LowestLoss, int BestEpoch, IReadOnlyList<EpochRecord> Epochs, string? Failure);
