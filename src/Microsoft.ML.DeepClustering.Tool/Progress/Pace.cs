using System.Diagnostics;

namespace Microsoft.ML.DeepClustering.Tool.Progress;

/// <summary>Keeps lines some seconds apart.</summary>
internal sealed class Pace
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _last;

    /// <summary>Since the beginning.</summary>
    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>Whether it is time for a line; the next one is then due later.</summary>
    public bool IsDue()
    {
        var now = _watch.Elapsed;
        if (now - _last < Interval)
            return false;
        _last = now;
        return true;
    }
}
