using Microsoft.ML.DeepClustering.Torch;

namespace Microsoft.ML.DeepClustering.Training.Listeners;

/// <summary>Keeps the records of all epochs.</summary>
internal sealed class HistoryListener : ITrainingListener
{
    public List<EpochRecord> Epochs { get; } = [];

    public void OnEpochEnd(TrainingPhase phase, EpochRecord record) => Epochs.Add(record);

    public void OnReusedEpoch(TrainingPhase phase, EpochRecord record) => OnEpochEnd(phase, record);
}
