using System.Text.Json.Serialization;

namespace Microsoft.ML.DeepClustering;

/// <summary>The records of all runs of a training; saved with the model.</summary>
/// <param name="Runs">The runs in the order in which they were made.</param>
/// <param name="BestRunIndex">The index in <paramref name="Runs"/> of the run that was kept.</param>
public sealed record TrainingHistory(IReadOnlyList<RunRecord> Runs, int BestRunIndex)
{
    /// <summary>The run that was kept.</summary>
    [JsonIgnore]
    public RunRecord BestRun => Runs[BestRunIndex];
}
