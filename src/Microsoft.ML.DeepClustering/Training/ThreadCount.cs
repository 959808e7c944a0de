#nullable disable
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>Sets the number of threads of libtorch, which is the whole process's, and gives it back.</summary>
internal readonly struct ThreadCount : IDisposable
{
    private readonly int? _before;

    public ThreadCount(int? threads)
    {
        if (threads is not { } wanted)
            return;
        _before = get_num_threads();
        set_num_threads(wanted);
    }

    public void Dispose()
    {
        if (_before is { } before)
            set_num_threads(before);
    }
}
