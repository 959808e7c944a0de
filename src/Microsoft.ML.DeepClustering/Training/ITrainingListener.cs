namespace Microsoft.ML.DeepClustering.Training;

/// <summary>Hears of the progress of a phase; changes nothing of its course.</summary>
internal interface ITrainingListener
{
    void OnBatchEnd(TrainingPhase phase, int epoch, int batch, int batches)
    {
    }

    void OnEpochEnd(TrainingPhase phase, EpochRecord record);

    /// <summary>An epoch that an earlier run has trained and this one takes over.</summary>
    void OnReusedEpoch(TrainingPhase phase, EpochRecord record)
    {
    }
}
