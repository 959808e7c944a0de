namespace Microsoft.ML.DeepClustering.Training.Listeners;

/// <summary>Reports progress to the user's handler.</summary>
/// <param name="run">1 for the first run.</param>
/// <param name="runs">The number of runs.</param>
/// <param name="report">Calls the handler.</param>
internal sealed class ProgressListener(int run, int runs, Action<TrainingProgress> report) : ITrainingListener
{
    private int _batches;

    public void OnBatchEnd(TrainingPhase phase, int epoch, int batch, int batches)
    {
        _batches = batches;
        report(new(run, runs, phase.Name, epoch, phase.Epochs, batch, batches, null));
    }

    public void OnEpochEnd(TrainingPhase phase, EpochRecord record)
    {
        // Otherwise the run ends here, which a warning says.
        if (record.IsFinite)
            report(new(run, runs, phase.Name, record.Epoch, phase.Epochs, _batches, _batches, record));
    }
}
