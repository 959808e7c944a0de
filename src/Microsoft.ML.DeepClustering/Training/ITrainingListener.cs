namespace Microsoft.ML.DeepClustering.Training;

/// <summary>
/// Is told of each batch and epoch of a phase. A listener measures, records or reports; it changes neither weights nor randomness, and it does
/// not end the training.
/// </summary>
internal interface ITrainingListener
{
    /// <summary>A training step is over.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="epoch">From 1.</param>
    /// <param name="batch">From 1.</param>
    /// <param name="batches">Of the epoch.</param>
    void OnBatchEnd(TrainingPhase phase, int epoch, int batch, int batches)
    {
    }

    /// <summary>The loss of a training step, before the backward pass that frees its graph.</summary>
    void OnLoss(LossTerms terms)
    {
    }

    /// <summary>Adds what this listener has measured to the record of an epoch, before any is told that the epoch is over. Not called when a loss is not finite.</summary>
    EpochRecord Complete(TrainingPhase phase, EpochRecord record) => record;

    /// <summary>An epoch is over, even one whose loss is not finite.</summary>
    void OnEpochEnd(TrainingPhase phase, EpochRecord record)
    {
    }
}
