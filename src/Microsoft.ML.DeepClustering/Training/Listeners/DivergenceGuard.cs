namespace Microsoft.ML.DeepClustering.Training.Listeners;

/// <summary>Ends the run when an epoch's loss is NaN or infinite: no later epoch could mend it.</summary>
internal sealed class DivergenceGuard : ITrainingListener
{
    public void OnEpochEnd(TrainingPhase phase, EpochRecord record)
    {
        if (record.IsFinite)
            return;
        if (double.IsFinite(record.TotalLoss))
            throw new TrainingDivergedException($"the loss in inference mode became {record.EvaluationLoss} after epoch {record.Epoch} of {phase.Name}");
        var terms = string.Join(", ", record.Losses.Where(l => !double.IsFinite(l.Value)).Select(l => l.Key));
        throw new TrainingDivergedException($"the loss became {record.TotalLoss} in epoch {record.Epoch} of {phase.Name} (terms: {terms})");
    }
}
