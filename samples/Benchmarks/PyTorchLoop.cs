using System.ComponentModel;
using System.Globalization;
using System.Runtime.Intrinsics.X86;

namespace Benchmarks;

/// <summary>The loops of pytorch_loop.py, in a process of their own.</summary>
internal static class PyTorchLoop
{
    // The OpenBLAS of Debian's PyTorch does not know the newer processors with AVX-512 and takes a slower kernel for them.
    private static readonly (string, string)[] Environment = Avx512F.IsSupported
        ? [ChildProcess.WaitingThreads, ("OPENBLAS_CORETYPE", "SkylakeX")]
        : [ChildProcess.WaitingThreads];

    private static readonly Lazy<string?> Python = new(() => new[] { "python3", "/usr/bin/python3", "python" }.FirstOrDefault(HasTorch));

    /// <summary>Whether a Python with PyTorch was found.</summary>
    public static bool IsThere => Python.Value != null;

    /// <summary>Whether it computes with Debian's reference BLAS, as it does where no other is installed: ten times slower, and no baseline.</summary>
    public static bool HasReferenceBlas()
    {
        if (!OperatingSystem.IsLinux() || Python.Value is not { } python)
            return false;
        var loaded = ChildProcess.Run(python, ["-c", "import torch; torch.ones(64, 64) @ torch.ones(64, 64); print(open('/proc/self/maps').read())"]).Output;
        return loaded.Contains("/blas/libblas.so", StringComparison.Ordinal);
    }

    /// <summary>Whether there is a loop for the method; there is none for the tensor kernel and for DynAE.</summary>
    public static bool Knows(TimedMethod method) => method != TimedMethod.UcoBefore && method != TimedMethod.UcoAfter && method != TimedMethod.DynAe;

    /// <summary>Mean seconds of so many epochs after the first.</summary>
    public static double SecondsAnEpoch(string method, int rows, int side, int threads, int timed)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "pytorch_loop.py");
        string[] arguments = [script, method, .. new[] { rows, side, threads, timed + 1 }.Select(v => v.ToString(CultureInfo.InvariantCulture))];
        var (code, output, error) = ChildProcess.Run(Python.Value!, arguments, Environment);
        if (code != 0)
            throw new InvalidOperationException($"{script} ended with {code}: {error.Trim()}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Average(l => double.Parse(l, CultureInfo.InvariantCulture));
    }

    private static bool HasTorch(string python)
    {
        try
        {
            return ChildProcess.Run(python, ["-c", "import torch"]).Code == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
