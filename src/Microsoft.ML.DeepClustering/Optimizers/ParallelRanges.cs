using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Optimizers;

/// <summary>
/// Work on ranges of values, done by as many threads as libtorch has. Each range is worked on by one thread, so that the result does not
/// depend on their number.
/// </summary>
internal sealed class ParallelRanges
{
    // Values a range: four arrays of them fit into a core's cache.
    private const int Length = 1 << 15;

    private readonly List<Action> _ranges = [];

    /// <summary>Adds the work on values 0 to count - 1.</summary>
    /// <param name="count">The number of values.</param>
    /// <param name="work">Takes the first value and the number of values.</param>
    public void Add(long count, Action<int, int> work)
    {
        for (var start = 0; start < count; start += Length)
        {
            var (first, size) = (start, (int)Math.Min(Length, count - start));
            _ranges.Add(() => work(first, size));
        }
    }

    /// <summary>Does all work that was added.</summary>
    public void Run()
    {
        var threads = Math.Min(get_num_threads(), _ranges.Count);
        if (threads <= 1)
            _ranges.ForEach(r => r());
        else
            Parallel.For(0, _ranges.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => _ranges[i]());
    }
}
