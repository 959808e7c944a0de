using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>Seconds, inertia and memory of k-means on made embeddings, beside scikit-learn's, in turn.</summary>
internal static class KMeansCommand
{
    private const int BytesPerWrite = 1 << 20;

    public static Command Create()
    {
        var rows = new Option<long>("--rows") { DefaultValueFactory = _ => 60_000 };
        var values = new Option<int>("--values") { DefaultValueFactory = _ => 10 };
        var clusters = new Option<int>("--clusters") { DefaultValueFactory = _ => 10 };
        var nInit = new Option<int>("--n-init") { DefaultValueFactory = _ => 20 };
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 3 };
        var threads = new Option<int>("--threads") { DefaultValueFactory = _ => 1 };
        var command = new Command("kmeans", "k-means on made embeddings, beside scikit-learn's.") { rows, values, clusters, nInit, rounds, threads };
        command.SetAction(p => Run(
            p.GetValue(rows), p.GetValue(values), p.GetValue(clusters), p.GetValue(nInit), p.GetValue(rounds), p.GetValue(threads)));
        return command;
    }

    private static void Run(long rows, int values, int clusters, int nInit, int rounds, int threads)
    {
        set_num_threads(threads);
        using var scope = NewDisposeScope();
        var points = Made(rows, values, clusters);
        var before = ProcessMemory.Peak;
        // The first call compiles the code.
        _ = Here(points.narrow(0, 0, Math.Min(rows, 10_000)), clusters, 2, 1);
        var file = Path.GetTempFileName();
        try
        {
            Write(points, file);
            var (here, there) = (new List<KMeansTime>(), new List<KMeansTime>());
            for (var round = 1; round <= rounds; round++)
            {
                here.Add(Here(points, clusters, nInit, round));
                if (ScikitKMeans.IsThere)
                    there.Add(ScikitKMeans.Run(file, values, clusters, nInit, threads, round));
                Print($"round {round}", here[^1..], there.TakeLast(1).ToList());
            }

            Print("median", here, there);
        }
        finally
        {
            File.Delete(file);
        }

        Console.WriteLine(FormattableString.Invariant($"peak {ProcessMemory.Peak:0} MiB, {before:0} MiB of it before k-means"));
    }

    private static Tensor Made(long rows, int values, int clusters)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var middles = randn(clusters, values, dtype: ScalarType.Float32, device: CPU, generator: generator);
        var points = randn(rows, values, dtype: ScalarType.Float32, device: CPU, generator: generator);
        var labels = Arithmetic.Numbers(rows, CPU).remainder(tensor(clusters, dtype: ScalarType.Int64, device: CPU));
        return points.AddRows(Arithmetic.Numbers(rows, CPU), middles.index_select(0, labels)).MoveToOuterDisposeScope();
    }

    private static KMeansTime Here(Tensor points, int clusters, int nInit, int seed)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        using var process = Process.GetCurrentProcess();
        var (before, watch) = (process.TotalProcessorTime, Stopwatch.StartNew());
        var result = KMeans.Run(points, clusters, nInit, generator);
        process.Refresh();
        return new(watch.Elapsed.TotalSeconds, (process.TotalProcessorTime - before).TotalSeconds, result.Inertia);
    }

    private static void Write(Tensor points, string path)
    {
        using var file = File.Create(path, BytesPerWrite);
        foreach (var block in points.split(1 << 16, 0))
            file.Write(MemoryMarshal.AsBytes<float>(block.contiguous().data<float>().ToArray()));
    }

    private static void Print(string name, IReadOnlyList<KMeansTime> here, IReadOnlyList<KMeansTime> there)
    {
        var text = FormattableString.Invariant($"{name}: here {Of(here, t => t.Seconds):0.00} s, processor {Of(here, t => t.ProcessorSeconds):0.00} s, inertia {Of(here, t => t.Inertia):0.0}");
        if (there.Count > 0)
        {
            var ratio = here.Zip(there, (a, b) => (Clock: a.Seconds / b.Seconds, Processor: a.ProcessorSeconds / b.ProcessorSeconds, Inertia: a.Inertia / b.Inertia)).ToArray();
            text += FormattableString.Invariant($"; scikit-learn {Of(there, t => t.Seconds):0.00} s, processor {Of(there, t => t.ProcessorSeconds):0.00} s, inertia {Of(there, t => t.Inertia):0.0}");
            text += FormattableString.Invariant($"; here / there {Statistics.Median(ratio.Select(r => r.Clock)):0.00}, processor {Statistics.Median(ratio.Select(r => r.Processor)):0.00}, inertia {Statistics.Median(ratio.Select(r => r.Inertia)):0.000000}");
        }

        Console.WriteLine(text);
    }

    private static double Of(IEnumerable<KMeansTime> times, Func<KMeansTime, double> value) => Statistics.Median(times.Select(value));
}
