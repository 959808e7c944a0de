using Microsoft.ML.DeepClustering;
using Spectre.Console;

namespace ClusterImages;

/// <summary>Shows how training goes on: bars on a terminal, a line an epoch elsewhere.</summary>
internal sealed class TrainingDisplay
{
    private readonly ProgressContext? _bars;

    private TrainingDisplay(ProgressContext? bars) => _bars = bars;

    /// <summary>Runs work of several steps under one display.</summary>
    public static T Show<T>(Func<TrainingDisplay, T> work)
    {
        var terminal = AnsiConsole.Profile.Capabilities;
        if (!terminal.Ansi || !terminal.Interactive)
            return work(new TrainingDisplay(null));
        return AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new PercentageColumn(), new ElapsedTimeColumn())
            .Start(bars => work(new TrainingDisplay(bars)));
    }

    /// <summary>Runs one step, which may report its progress.</summary>
    public T Step<T>(string name, Func<IProgress<TrainingProgress>, T> step)
    {
        if (_bars is null)
        {
            AnsiConsole.WriteLine(name);
            return step(new Reporter(WriteEpoch));
        }

        var bar = _bars.AddTask(name).IsIndeterminate();
        var result = step(new Reporter(progress => Advance(bar, name, progress)));
        bar.IsIndeterminate(false);
        bar.Value = bar.MaxValue;
        bar.StopTask();
        return result;
    }

    private static void Advance(ProgressTask bar, string name, TrainingProgress progress)
    {
        bar.IsIndeterminate(false);
        bar.MaxValue = (double)progress.Epochs * progress.Batches;
        bar.Value = (progress.Epoch - 1.0) * progress.Batches + progress.Batch;
        if (progress.Completed is { } epoch)
            bar.Description = $"{name} epoch {progress.Epoch}/{progress.Epochs}, loss {epoch.TotalLoss:0.000}";
    }

    private static void WriteEpoch(TrainingProgress progress)
    {
        if (progress.Completed is { } epoch)
            AnsiConsole.WriteLine($"  epoch {progress.Epoch}/{progress.Epochs}, loss {epoch.TotalLoss:0.0000}, {epoch.Seconds:0.0} s");
    }

    // System.Progress would report later and on other threads.
    private sealed class Reporter(Action<TrainingProgress> action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action(value);
    }
}
