using System.Diagnostics;
using TorchSharp;

namespace Benchmarks;

/// <summary>Milliseconds by part of a training step, and the tensors that are made.</summary>
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

    /// <summary>The tensors that TorchSharp has made, views among them; not those that libtorch makes within one operation.</summary>
    public long Tensors { get; private set; }

    public int Steps { get; set; }

    private static long Made
    {
        get
        {
            var statistics = DisposeScopeManager.Statistics.TensorStatistics;
            return statistics.CreatedInScopeCount + statistics.CreatedOutsideScopeCount;
        }
    }

    public void Add(int part, double milliseconds) => Milliseconds[part] += milliseconds;

    public T Time<T>(int part, Func<T> work)
    {
        var before = Made;
        var watch = Stopwatch.StartNew();
        var result = work();
        Add(part, watch.Elapsed.TotalMilliseconds);
        Tensors += Made - before;
        return result;
    }

    public void Time(int part, Action work) => Time(part, () =>
    {
        work();
        return 0;
    });
}
