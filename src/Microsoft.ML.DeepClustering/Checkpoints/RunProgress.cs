using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering.Checkpoints;

/// <summary>How far a run has come.</summary>
/// <param name="Phase">The index of the current phase.</param>
/// <param name="Epoch">Its last epoch that was trained, from 1.</param>
/// <param name="HasEnded">Whether that was the phase's last.</param>
/// <param name="Kept">The epoch of the phase whose weights are kept so far.</param>
/// <param name="Epochs">All epochs of the run so far.</param>
internal sealed record RunProgress(int Phase, int Epoch, bool HasEnded, KeptEpoch Kept, IReadOnlyList<EpochRecord> Epochs);
