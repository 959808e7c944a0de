using System.ComponentModel;
using System.Globalization;

namespace Benchmarks;

/// <summary>The loops of pytorch_loop.py, in a process of their own.</summary>
internal static class PyTorchLoop
{
    // As our own process sets it: idle threads of OpenMP wait awake for a moment only, and freed memory is kept for the next step.
    private static readonly (string, string)[] Environment =
    [
        ("GOMP_SPINCOUNT", "10000"), ("MALLOC_MMAP_THRESHOLD_", "33554432"), ("MALLOC_TRIM_THRESHOLD_", "536870912"), ("MALLOC_TOP_PAD_", "67108864"),
    ];

    private static readonly Lazy<string?> Python = new(() => new[] { "python3", "/usr/bin/python3", "python" }.FirstOrDefault(HasTorch));

    /// <summary>Whether a Python with PyTorch was found.</summary>
    public static bool IsThere => Python.Value != null;

    /// <summary>Whether there is a loop for the method; there is none for the tensor kernel.</summary>
    public static bool Knows(TimedMethod method) => method.Method != TimedMethod.UcoNaive.Method || method == TimedMethod.UcoNaive;

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
