using System.Diagnostics;

namespace Benchmarks;

/// <summary>Milliseconds by part of a training step.</summary>
internal sealed class StepTimes
{
    public const int Data = 0;
    public const int Forward = 1;
    public const int Loss = 2;
    public const int Backward = 3;
    public const int Optimizer = 4;
    public const int Ends = 5;

    /// <summary>What the parts are called. Loss has the decoder in it; the last are the targets, assignments and k-means of a method.</summary>
    public static IReadOnlyList<string> Names { get; } = ["data", "encoder", "losses, decoder", "backward", "clip, optimiser", "targets, centroids"];

    public double[] Milliseconds { get; } = new double[Names.Count];

    public void Add(int part, double milliseconds) => Milliseconds[part] += milliseconds;

    public T Time<T>(int part, Func<T> work)
    {
        var watch = Stopwatch.StartNew();
        var result = work();
        Add(part, watch.Elapsed.TotalMilliseconds);
        return result;
    }

    public void Time(int part, Action work) => Time(part, () =>
    {
        work();
        return 0;
    });
}
