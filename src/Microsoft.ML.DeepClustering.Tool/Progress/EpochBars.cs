using Spectre.Console;

namespace Microsoft.ML.DeepClustering.Tool.Progress;

/// <summary>A bar for each phase of each run.</summary>
internal sealed class EpochBars(ProgressContext bars) : IProgress<TrainingProgress>
{
    private (int Run, string? Phase) _phase;
    private ProgressTask? _bar;

    public void Report(TrainingProgress value)
    {
        if (_phase != (value.Run, value.Phase))
        {
            _bar?.StopTask();
            _phase = (value.Run, value.Phase);
            _bar = bars.AddTask(Markup.Escape(LossText.Phase(value)), maxValue: (double)value.Epochs * value.Batches);
        }

        _bar!.Value = TimeLeft.Done(value);
        if (value.Completed is { } epoch)
            _bar.Description = Markup.Escape($"{LossText.Phase(value)}, epoch {value.Epoch}/{value.Epochs}, {LossText.Of(epoch)}");
    }
}
