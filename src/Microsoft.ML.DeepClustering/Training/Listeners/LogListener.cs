using System.Globalization;

namespace Microsoft.ML.DeepClustering.Training.Listeners;

/// <summary>Writes a line an epoch to the log, with every named loss.</summary>
/// <param name="run">1 for the first run.</param>
/// <param name="runs">The number of runs.</param>
/// <param name="log">Takes a line.</param>
internal sealed class LogListener(int run, int runs, Action<string> log) : ITrainingListener
{
    public void OnEpochEnd(TrainingPhase phase, EpochRecord record)
    {
        var losses = string.Join(", ", record.Losses.Select(l => $"{l.Key} {Number(l.Value)}"));
        var evaluated = record.EvaluationLoss is { } loss ? $"; evaluated total {Number(loss)}" : "";
        log($"{Prefix}{phase.Name} epoch {record.Epoch}/{phase.Epochs}: total {Number(record.TotalLoss)} ({losses}){evaluated}; {record.Seconds.ToString("0.0", CultureInfo.InvariantCulture)} s");
    }

    /// <summary>Writes that a phase was taken over from another training.</summary>
    public void OnReused(TrainingPhase phase, int epochs)
        => log($"{Prefix}{phase.Name} is that of an earlier training with this seed; its {epochs} epochs are not trained again.");

    private string Prefix => runs > 1 ? $"run {run}/{runs}, " : "";

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
