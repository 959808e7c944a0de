namespace Microsoft.ML.DeepClustering;

/// <summary>What was measured in one epoch of training.</summary>
/// <param name="Phase">The phase that the epoch belongs to.</param>
/// <param name="Epoch">1 for the first of the phase.</param>
/// <param name="Losses">The mean of each named loss term over the epoch's batches, weighted as it enters the total.</param>
/// <param name="TotalLoss">Their sum.</param>
/// <param name="EvaluationLoss">The total loss in inference mode over all full batches; null when the epoch was not evaluated.</param>
/// <param name="Seconds">The time that the epoch took, its evaluation included.</param>
public sealed record EpochRecord(
    string Phase, int Epoch, IReadOnlyDictionary<string, double> Losses, double TotalLoss, double? EvaluationLoss, double Seconds);
