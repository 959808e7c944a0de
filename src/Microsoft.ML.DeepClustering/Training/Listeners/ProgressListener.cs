namespace Microsoft.ML.DeepClustering.Training.Listeners;

/// <summary>Passes progress on to the user's callback.</summary>
internal sealed class ProgressListener(int run, int runs, Action<TrainingProgress> report) : ITrainingListener
{
    private int _batches;

    public void OnBatchEnd(TrainingPhase phase, int epoch, int batch, int batches)
    {
        _batches = batches;
        report(new(run, runs, phase.Name, epoch, phase.Epochs, batch, batches, null));
    }

    public void OnEpochEnd(TrainingPhase phase, EpochRecord record)
        => report(new(run, runs, phase.Name, record.Epoch, phase.Epochs, _batches, _batches, record));
}
