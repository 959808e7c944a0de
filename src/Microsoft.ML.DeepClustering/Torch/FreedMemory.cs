using System.Runtime.InteropServices;

namespace Microsoft.ML.DeepClustering.Torch;

/// <summary>
/// Gives memory that libtorch has freed back to the system. glibc keeps it in holes of the heap that the tensors of the next step do not fit into, so a
/// training would grow without end; other C libraries give it back themselves.
/// </summary>
internal static class FreedMemory
{
    /// <summary>Whether the C library keeps freed memory and can be told to give it back: glibc.</summary>
    public static bool IsKept { get; } = OperatingSystem.IsLinux()
        && NativeLibrary.TryLoad("libc", typeof(FreedMemory).Assembly, null, out var library) && NativeLibrary.TryGetExport(library, nameof(malloc_trim), out _);

    /// <summary>Gives back what is free now; does nothing where <see cref="IsKept"/> is false.</summary>
    public static void GiveBack()
    {
        if (IsKept)
            _ = malloc_trim(0);
    }

    [DllImport("libc")]
    private static extern int malloc_trim(nuint pad);
}
