#nullable disable
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>
/// A training's hold on the number of threads of libtorch. That number is the whole process's, so trainings at the same time share one:
/// that of the training that began first. It is given back when the last of them has ended.
/// </summary>
internal sealed class ThreadCount : IDisposable
{
    // As the setting is the process's, so is what is known of it.
    private static readonly Lock Gate = new();
    private static int Holders;
    private static int Shared;
    private static int Before;

    private bool _released;

    /// <param name="wanted">A number of threads, or null for the number as it is.</param>
    /// <param name="warn">Takes a sentence when another training has a different number already; null for nobody.</param>
    public ThreadCount(int? wanted, Action<string> warn = null)
    {
        lock (Gate)
        {
            if (Holders == 0)
            {
                Before = get_num_threads();
                Shared = wanted ?? Before;
            }

            if (wanted is { } number && number != Shared)
                warn?.Invoke($"NumberOfThreads is {number}, but another training of this process already runs with {Shared}, which holds for both; start trainings with different numbers one after the other.");
            // libtorch may keep the number by thread.
            if (wanted is not null && get_num_threads() != Shared)
                set_num_threads(Shared);
            Holders++;
        }
    }

    public void Dispose()
    {
        lock (Gate)
        {
            if (_released)
                return;
            _released = true;
            if (--Holders == 0 && get_num_threads() != Before)
                set_num_threads(Before);
        }
    }
}
