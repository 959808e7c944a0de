using System.Runtime.InteropServices;

namespace Microsoft.ML.DeepClustering.Tests.Support;

/// <summary>
/// Bounds the memory that native code of this process gets: what asks for more is refused by the system, as on a machine that has no more,
/// and none of the machine's memory is used up. The managed heap lies in space that is reserved already.
/// </summary>
internal static class AddressSpace
{
    private const int Limit = 9;
    private const ulong Unlimited = ulong.MaxValue;

    /// <summary>Until it is disposed, the process gets no more than so many bytes on top of what it has.</summary>
    public static IDisposable LimitTo(long more)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("The address space of a process is bounded on Linux only.");
        var used = long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[0]) * Environment.SystemPageSize;
        return new Bound((ulong)(used + more));
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int getrlimit(int resource, out Bounds bounds);

    [DllImport("libc", SetLastError = true)]
    private static extern int setrlimit(int resource, in Bounds bounds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Bounds
    {
        public ulong Soft;
        public ulong Hard;
    }

    private sealed class Bound : IDisposable
    {
        private readonly Bounds _before;

        public Bound(ulong bytes)
        {
            Assert.AreEqual(0, getrlimit(Limit, out _before));
            if (_before.Hard != Unlimited && _before.Hard < bytes)
                Assert.Inconclusive("The process is bounded further from outside.");
            Set(_before with { Soft = bytes });
        }

        public void Dispose() => Set(_before);

        private static void Set(Bounds bounds) => Assert.AreEqual(0, setrlimit(Limit, bounds));
    }
}
