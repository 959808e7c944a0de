using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Microsoft.ML.DeepClustering.Torch;

/// <summary>
/// Lets a waiting thread of libtorch sleep at once on Linux. By default GNU OpenMP keeps it spinning for so long that trainings become ten times slower on a
/// machine with other work. OpenMP reads the setting once, when it is loaded with libtorch.
/// </summary>
internal static class WaitingThreads
{
    private const string SpinCount = "GOMP_SPINCOUNT";
    private const string WaitPolicy = "OMP_WAIT_POLICY";

    // On two quiet cores no slower than with 10,000 turns of some nanoseconds; beside another busy program two threads then are as fast as one, and with
    // 10,000 turns half as fast.
    private const string Turns = "0";

    /// <summary>Lets waiting threads sleep, unless the user has said otherwise. Off Linux it does nothing.</summary>
    // The only moment that comes before libtorch is loaded, whatever of the library a program calls first.
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Set()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            if (getenv(SpinCount) == 0 && getenv(WaitPolicy) == 0)
                _ = setenv(SpinCount, Turns, 0);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library: its OpenMP, if it has one, keeps its own ways.
        }
    }

    // .NET's own variables are a copy that native code does not see.
    [DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false)]
    private static extern nint getenv(string name);

    [DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false)]
    private static extern int setenv(string name, string value, int overwrite);
}
