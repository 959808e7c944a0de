using System.Runtime.InteropServices;

namespace Microsoft.ML.DeepClustering.Torch;

/// <summary>
/// Gives memory that libtorch has freed back to the system. glibc keeps it in holes of the heap that the tensors of the next step do not
/// fit into, so that a training would grow for ever; other C libraries give it back themselves.
/// </summary>
internal static class FreedMemory
{
    private static bool _isKept = OperatingSystem.IsLinux();

    /// <summary>Gives back what is free now; does nothing where that is not needed.</summary>
    public static void GiveBack()
    {
        if (!_isKept)
            return;
        try
        {
            _ = malloc_trim(0);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            _isKept = false;
        }
    }

    [DllImport("libc")]
    private static extern int malloc_trim(nuint pad);
}
