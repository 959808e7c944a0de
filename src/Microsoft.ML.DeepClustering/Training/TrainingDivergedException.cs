namespace Microsoft.ML.DeepClustering.Training;

/// <summary>Ends a run whose loss or weights are no longer finite numbers: no later epoch could mend them.</summary>
internal sealed class TrainingDivergedException(string message) : Exception(message)
{
    /// <summary>Checks the losses of an epoch.</summary>
    /// <exception cref="TrainingDivergedException">One of them is NaN or infinite.</exception>
    public static void ThrowIfNotFinite(EpochRecord record)
    {
        if (record.IsFinite)
            return;
        if (double.IsFinite(record.TotalLoss))
            throw new TrainingDivergedException($"the loss in inference mode became {record.EvaluationLoss} after epoch {record.Epoch} of {record.Phase}");
        var terms = string.Join(", ", record.Losses.Where(l => !double.IsFinite(l.Value)).Select(l => l.Key));
        throw new TrainingDivergedException($"the loss became {record.TotalLoss} in epoch {record.Epoch} of {record.Phase} (terms: {terms})");
    }
}
