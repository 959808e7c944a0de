namespace Microsoft.ML.DeepClustering.Training.Listeners;

/// <summary>Keeps the records of all epochs of a run.</summary>
internal sealed class HistoryListener : ITrainingListener
{
    public List<EpochRecord> Epochs { get; } = [];

    public void OnEpochEnd(TrainingPhase phase, EpochRecord record) => Epochs.Add(record);
}
