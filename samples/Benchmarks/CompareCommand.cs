using System.CommandLine;
using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Benchmarks;

/// <summary>Seconds an epoch beside those of plain PyTorch loops, in turn, and what the multilayer perceptron makes of the machine's matrix products.</summary>
internal static class CompareCommand
{
    private static readonly TimedMethod[] Methods =
    [
        TimedMethod.Pretraining, TimedMethod.Dec, TimedMethod.Idec, TimedMethod.Dcn, TimedMethod.DeepKMeans, TimedMethod.CenteringAlone, TimedMethod.Ddc, TimedMethod.UcoNaive,
    ];

    public static Command Create()
    {
        var data = new DataChoice();
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 3 };
        var threads = new Option<int>("--threads") { DefaultValueFactory = _ => 1 };
        var methods = TimedMethod.Choice();
        var command = new Command("compare", "Seconds an epoch beside plain PyTorch, where python3 has it.") { rounds, threads, methods };
        data.AddTo(command);
        command.SetAction(parsed => Run(data.Images(parsed), TimedMethod.Chosen(Methods, parsed.GetValue(methods)), parsed.GetValue(rounds), parsed.GetValue(threads)));
        return command;
    }

    private static void Run(Samples.ImageSet images, TimedMethod[] methods, int rounds, int threads)
    {
        if (!PyTorchLoop.IsThere)
            Console.WriteLine("No python3 with PyTorch was found; only our own seconds follow.");
        foreach (var method in methods)
        {
            var (ours, theirs) = (new List<double>(), new List<double>());
            for (var round = 0; round < rounds; round++)
            {
                ours.Add(method.SecondsAnEpoch(images, threads));
                if (PyTorchLoop.IsThere)
                    theirs.Add(PyTorchLoop.SecondsAnEpoch(method.Method, images.Pixels.Length, images.Height, threads));
            }

            Console.WriteLine(FormattableString.Invariant($"{method.Name,-22} {Seconds(ours)}") + Beside(ours, theirs) + Speed(method, images, Statistics.Median(ours), threads));
        }
    }

    private static string Seconds(List<double> seconds)
        => FormattableString.Invariant($"{Statistics.Median(seconds):0.000} s ({seconds.Min():0.000} to {seconds.Max():0.000})");

    private static string Beside(List<double> ours, List<double> theirs)
        => theirs.Count == 0 ? "" : FormattableString.Invariant($", PyTorch {Seconds(theirs)}, ratio {Statistics.Median(ours.Zip(theirs, (o, t) => o / t)):0.00}");

    // Forward, and backward twice as much but for the gradient of the input.
    private static string Speed(TimedMethod method, Samples.ImageSet images, double seconds, int threads)
    {
        if (method.Phase != "pretraining")
            return "";
        long[] sizes = [images.Pixels[0].Length, 500, 500, 2000, 10, 2000, 500, 500, images.Pixels[0].Length];
        var products = sizes.Zip(sizes.Skip(1), (a, b) => a * b).ToArray();
        var work = 2.0 * images.Pixels.Length * (3 * products.Sum() - products[0]) / 1e9;
        var peak = PeakProduct(threads);
        return FormattableString.Invariant($"; {work / seconds:0} GFLOP/s of {peak:0} of one large product, {100 * work / seconds / peak:0} %");
    }

    private static double PeakProduct(int threads)
    {
        const long Size = 2048;
        var before = get_num_threads();
        set_num_threads(threads);
        using var scope = NewDisposeScope();
        var (a, b) = (rand(Size, Size), rand(Size, Size));
        var best = double.MaxValue;
        for (var i = 0; i < 8; i++)
        {
            var watch = Stopwatch.StartNew();
            a.matmul(b).Dispose();
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }

        set_num_threads(before);
        return 2.0 * Size * Size * Size / best / 1e9;
    }
}
