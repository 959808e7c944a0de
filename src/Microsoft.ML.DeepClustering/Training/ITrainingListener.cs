namespace Microsoft.ML.DeepClustering.Training;

/// <summary>Hears of the progress of a phase; changes nothing of its course.</summary>
internal interface ITrainingListener
{
    void OnBatchEnd(TrainingPhase phase, int epoch, int batch, int batches)
    {
    }

    /// <summary>The loss of a training step, before the backward pass that frees its graph.</summary>
    void OnLoss(LossTerms terms)
    {
    }

    /// <summary>Adds to the record of an epoch what this listener has measured, before any hears that the epoch is over.</summary>
    EpochRecord Complete(TrainingPhase phase, EpochRecord record) => record;

    void OnEpochEnd(TrainingPhase phase, EpochRecord record)
    {
    }

    /// <summary>An epoch that an earlier run has trained and this one takes over.</summary>
    void OnReusedEpoch(TrainingPhase phase, EpochRecord record)
    {
    }
}
