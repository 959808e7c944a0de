using System.Diagnostics;
using System.Globalization;

namespace Microsoft.ML.DeepClustering.Training.Listeners;

/// <summary>Writes to the log how long a phase is, after its first steps how long it will take, and a line an epoch with every named loss.</summary>
/// <param name="run">1 for the first run.</param>
/// <param name="runs">The number of runs.</param>
/// <param name="log">Takes a line.</param>
internal sealed class LogListener(int run, int runs, Action<string> log) : ITrainingListener
{
    // The first step is slower than the others. A phase that is soon over needs no forecast.
    private const int StepsBefore = 1;
    private const int TimedSteps = 20;
    private const int StepsWorthAForecast = 100;
    private static readonly TimeSpan _timeWorthAForecast = TimeSpan.FromSeconds(5);

    private readonly Stopwatch _watch = new();
    private int _steps;

    /// <summary>Writes how many steps a phase has that is about to be trained.</summary>
    public void OnStart(TrainingPhase phase, long rows)
    {
        _steps = 0;
        var batches = phase.Batches(rows);
        log($"{Prefix}{phase.Name}: at most {(long)phase.Epochs * batches.Count} steps, {batches.Count} an epoch, of up to {batches[0].Size} rows.");
    }

    public void OnBatchEnd(TrainingPhase phase, int epoch, int batch, int batches)
    {
        _steps++;
        if (_steps == StepsBefore)
            _watch.Restart();
        if (_steps != StepsBefore + TimedSteps)
            return;
        var left = (long)(phase.Epochs - epoch) * batches + batches - batch;
        var time = _watch.Elapsed * ((double)left / TimedSteps);
        if (left >= StepsWorthAForecast || time > _timeWorthAForecast)
            log($"{Prefix}{phase.Name}: at the speed of the first steps the {left} that are left take about {Duration(time)}.");
    }

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

    private static string Duration(TimeSpan time) => time switch
    {
        { TotalMinutes: < 2 } => $"{Math.Ceiling(time.TotalSeconds).ToString(CultureInfo.InvariantCulture)} s",
        { TotalHours: < 2 } => $"{Math.Ceiling(time.TotalMinutes).ToString(CultureInfo.InvariantCulture)} min",
        _ => $"{time.TotalHours.ToString("0.0", CultureInfo.InvariantCulture)} h",
    };

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
