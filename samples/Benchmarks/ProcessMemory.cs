using System.Diagnostics;

namespace Benchmarks;

/// <summary>Resident memory of this process, in MiB.</summary>
internal static class ProcessMemory
{
    public static double Present => Of(p => p.WorkingSet64);

    public static double Peak => Of(p => p.PeakWorkingSet64);

    private static double Of(Func<Process, long> bytes)
    {
        using var process = Process.GetCurrentProcess();
        return bytes(process) / 1048576.0;
    }
}
