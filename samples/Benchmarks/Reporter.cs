namespace Benchmarks;

/// <summary>Reports at once; System.Progress posts to other threads.</summary>
internal sealed class Reporter(Action<TrainingProgress> action) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => action(value);
}
