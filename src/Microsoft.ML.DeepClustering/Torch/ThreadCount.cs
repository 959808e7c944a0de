using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Torch;

/// <summary>
/// Sets the number of libtorch's threads for this thread until it is disposed on the same thread. Other threads keep their numbers, and threads that
/// start meanwhile begin with the number that they would have had.
/// </summary>
internal sealed class ThreadCount : IDisposable
{
    // Two threads that set their numbers at once would take each other's for the process's.
    private static readonly Lock Gate = new();

    private int? _before;

    /// <param name="wanted">A number of threads, or null for the number as it is.</param>
    public ThreadCount(int? wanted)
    {
        if (wanted is not { } number)
            return;
        _before = get_num_threads();
        Set(number);
    }

    public void Dispose()
    {
        if (_before is { } number)
            Set(number);
        _before = null;
    }

    // libtorch keeps the number of each thread, and beside it, for the process, the one that a thread begins with. Setting the first sets both.
    private static void Set(int number)
    {
        if (get_num_threads() == number)
            return;
        lock (Gate)
        {
            var first = OnNewThread(get_num_threads);
            set_num_threads(number);
            OnNewThread(() =>
            {
                set_num_threads(first);
                return first;
            });
        }
    }

    private static int OnNewThread(Func<int> work)
    {
        var result = 0;
        var thread = new Thread(() => result = work());
        thread.Start();
        thread.Join();
        return result;
    }
}
