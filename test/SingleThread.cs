using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

/// <summary>
/// Test programs run side by side, so each lets libtorch compute with one thread, unless the user has said otherwise. Read once, when
/// libtorch is loaded.
/// </summary>
internal static class SingleThread
{
#pragma warning disable CA2255 // This is a program.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Set()
    {
        if (OperatingSystem.IsLinux())
            _ = setenv("OMP_NUM_THREADS", "1", 0);
    }

    [DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false)]
    private static extern int setenv(string name, string value, int overwrite);
}
