using System.Diagnostics;

namespace Microsoft.ML.DeepClustering.Orleans.Calls;

/// <summary>How long there has been no answer.</summary>
/// <param name="limit">How long is too long.</param>
/// <param name="explain">The sentence to say then, from the last fault.</param>
internal sealed class Outage(TimeSpan limit, Func<string, string> explain)
{
    private long _answered = Stopwatch.GetTimestamp();

    /// <summary>There is an answer.</summary>
    public void End() => _answered = Stopwatch.GetTimestamp();

    /// <summary>There is none.</summary>
    /// <param name="fault">What was seen instead.</param>
    /// <exception cref="TimeoutException">There has been none for too long.</exception>
    public void ThrowIfTooLong(string fault)
    {
        if (Stopwatch.GetElapsedTime(_answered) >= limit)
            throw new TimeoutException(explain(fault.TrimEnd('.')));
    }
}
