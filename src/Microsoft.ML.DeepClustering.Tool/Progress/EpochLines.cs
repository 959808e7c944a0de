namespace Microsoft.ML.DeepClustering.Tool.Progress;

/// <summary>Plain lines: the first epoch of a phase, the last one, and some between, seconds apart.</summary>
internal sealed class EpochLines(TextWriter output) : IProgress<TrainingProgress>
{
    private readonly Pace _pace = new();
    private (int Run, string? Phase) _phase;
    private TimeLeft? _left;

    public void Report(TrainingProgress value)
    {
        var begins = _phase != (value.Run, value.Phase);
        if (begins)
            (_phase, _left) = ((value.Run, value.Phase), new(value));
        if (value.Completed is not { } epoch)
            return;
        var shown = _pace.IsDue();
        if (!shown && value.Epoch != 1 && value.Epoch != value.Epochs && !begins)
            return;
        var left = value.Epoch < value.Epochs ? $", {TimeText.Of(_left!.Of(value))} left at most" : "";
        output.WriteLine($"  {LossText.Phase(value)}: epoch {value.Epoch}/{value.Epochs}, {LossText.Of(epoch)}{left}");
    }
}
