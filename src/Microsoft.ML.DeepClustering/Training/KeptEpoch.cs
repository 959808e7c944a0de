namespace Microsoft.ML.DeepClustering.Training;

/// <summary>The epoch of a phase whose weights are kept.</summary>
/// <param name="Epoch">From 1; 0 when there is none.</param>
/// <param name="Loss">Its total loss: evaluated where it was, else the mean of its batches; NaN when there is none.</param>
/// <param name="IsEvaluated">Whether its loss was evaluated.</param>
/// <param name="HasCollapsed">Whether all rows were in one cluster.</param>
internal sealed record KeptEpoch(int Epoch, double Loss, bool IsEvaluated, bool HasCollapsed)
{
    /// <summary>No epoch.</summary>
    public static KeptEpoch None { get; } = new(0, double.NaN, false, false);

    /// <summary>
    /// Whether this epoch is to be kept in place of an earlier one. An epoch with clusters comes before one that has collapsed, an evaluated one
    /// before one that is not, then the lower loss; of epochs that were not evaluated the later.
    /// </summary>
    public bool IsBetterThan(KeptEpoch other)
    {
        if (other.Epoch == 0 || HasCollapsed != other.HasCollapsed)
            return other.Epoch == 0 || !HasCollapsed;
        if (IsEvaluated != other.IsEvaluated)
            return IsEvaluated;
        return !IsEvaluated || Loss < other.Loss;
    }
}
