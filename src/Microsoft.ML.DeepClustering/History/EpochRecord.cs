using System.Text.Json.Serialization;

namespace Microsoft.ML.DeepClustering;

/// <summary>What was measured in one epoch of training.</summary>
/// <param name="Phase">The phase that the epoch belongs to.</param>
/// <param name="Epoch">1 for the first of the phase.</param>
/// <param name="Losses">The mean of each named loss term over the epoch's batches, weighted as it enters the total.</param>
/// <param name="TotalLoss">Their sum.</param>
/// <param name="EvaluationLoss">The total loss in inference mode over the batches that the phase trains on, the last partial one not where it is left out; null when the epoch was not evaluated.</param>
/// <param name="Seconds">The time that the epoch took, its evaluation included.</param>
public sealed record EpochRecord(
    string Phase, int Epoch, IReadOnlyDictionary<string, double> Losses, double TotalLoss, double? EvaluationLoss, double Seconds)
{
    /// <summary>Whether all rows were in one cluster after the epoch.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HasCollapsed { get; init; }

    /// <summary>Whether every loss that was taken is a finite number.</summary>
    internal bool IsFinite => double.IsFinite(TotalLoss) && double.IsFinite(EvaluationLoss ?? 0);

    /// <summary>
    /// How the clustering and the auxiliary objective agreed; null unless <see cref="DeepClusteringOptions.RecordMismatch"/> asks for it and the
    /// phase has both objectives.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EpochMismatch? Mismatch { get; init; }

    /// <summary>
    /// What the method itself counts in the epoch, by name; the method's options say what that is. Null where there is nothing.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? Quantities { get; init; }

    /// <summary>
    /// Measures of the clusters of all rows after the epoch; null unless <see cref="DeepClusteringOptions.RecordPerformance"/> asks for them and
    /// the phase has clusters.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<PerformanceMeasure, double>? Performance { get; init; }
}
