using System.Diagnostics;

namespace Microsoft.ML.DeepClustering.Tool.Progress;

/// <summary>How long a phase of a training goes on at most: its epochs so far tell how fast it is. Phases may end earlier.</summary>
internal sealed class TimeLeft
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly double _begun;

    /// <param name="first">The first report of the phase, perhaps from its middle, where a checkpoint was.</param>
    public TimeLeft(TrainingProgress first) => _begun = Done(first) - (first.Completed == null ? 1 : first.Batches);

    public TimeSpan Of(TrainingProgress now)
    {
        var done = Done(now);
        var all = (double)now.Epochs * now.Batches;
        return done > _begun ? _watch.Elapsed * ((all - done) / (done - _begun)) : TimeSpan.Zero;
    }

    /// <summary>Batches of the phase.</summary>
    public static double Done(TrainingProgress progress) => (progress.Epoch - 1.0) * progress.Batches + progress.Batch;
}
