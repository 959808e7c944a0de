using System.ComponentModel;
using System.Globalization;
using System.Runtime.Intrinsics.X86;

namespace Benchmarks;

/// <summary>The k-means of scikit_kmeans.py, in a process of its own.</summary>
internal static class ScikitKMeans
{
    private static readonly Lazy<string?> Python = new(() => new[] { "python3", "/usr/bin/python3", "python" }.FirstOrDefault(HasScikitLearn));

    /// <summary>Whether a Python with scikit-learn was found.</summary>
    public static bool IsThere => Python.Value != null;

    /// <summary>Runs one fit on a file of float32 rows.</summary>
    public static KMeansTime Run(string path, int values, int clusters, int nInit, int threads, int seed)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "scikit_kmeans.py");
        string[] arguments = [script, path, .. new[] { values, clusters, nInit, threads, seed }.Select(v => v.ToString(CultureInfo.InvariantCulture))];
        // The OpenBLAS of Debian does not know the newer processors with AVX-512 and takes a slower kernel for them.
        (string, string)[] blas = Avx512F.IsSupported ? [("OPENBLAS_CORETYPE", "SkylakeX")] : [];
        var (code, output, error) = ChildProcess.Run(Python.Value!, arguments, [("OMP_NUM_THREADS", threads.ToString(CultureInfo.InvariantCulture)), .. blas]);
        if (code != 0)
            throw new InvalidOperationException($"{script} ended with {code}: {error.Trim()}");
        var numbers = output.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        return new(numbers[0], numbers[1], numbers[2]);
    }

    private static bool HasScikitLearn(string python)
    {
        try
        {
            return ChildProcess.Run(python, ["-c", "import sklearn, threadpoolctl"]).Code == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
