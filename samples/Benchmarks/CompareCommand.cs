using System.CommandLine;
using System.Diagnostics;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>Seconds an epoch beside those of plain loops of TorchSharp and PyTorch, in turn, and what the multilayer perceptron makes of the machine's matrix products.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var mnist = new Option<string?>("--mnist") { Description = "The folder of MNIST's test images" };
        var fashion = new Option<string?>("--fashion") { Description = "The folder of Fashion-MNIST's training images" };
        var rows = new Option<int>("--rows") { DefaultValueFactory = _ => int.MaxValue, Description = "The number of images of each, from the first" };
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 3 };
        var epochs = new Option<int>("--epochs") { DefaultValueFactory = _ => 2, Description = "Epochs timed in each round, after the first" };
        var threads = new Option<int[]>("--threads") { DefaultValueFactory = _ => [1, 2], AllowMultipleArgumentsPerToken = true };
        var methods = TimedMethod.Choice();
        var command = new Command("compare", "Seconds an epoch beside plain TorchSharp, and plain PyTorch where python3 has it.") { mnist, fashion, rows, rounds, epochs, threads, methods };
        command.SetAction(parsed =>
        {
            var comparison = new Comparison(TimedMethod.Chosen(OwnLoop.Methods, parsed.GetValue(methods)), parsed.GetValue(rounds), parsed.GetValue(epochs));
            if (!PyTorchLoop.IsThere)
                Console.Error.WriteLine("No python3 with PyTorch was found; no seconds of it follow.");
            if (PyTorchLoop.HasReferenceBlas())
                Console.Error.WriteLine("This PyTorch computes with the reference BLAS, which is no baseline; install libopenblas0-openmp.");
            Console.WriteLine("| data | rows | threads | method | here, s an epoch | here in bfloat16, s an epoch | plain TorchSharp, s an epoch | PyTorch, s an epoch | here / TorchSharp | here / PyTorch | bfloat16 / float32 | times DDC | GFLOP/s, of one large product |");
            Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
            foreach (var (name, folder) in new[] { ("mnist", parsed.GetValue(mnist)), ("fashion", parsed.GetValue(fashion)) })
            {
                if (folder is null)
                    continue;
                var read = DataChoice.Images(name, folder, parsed.GetValue(rows), 0, 1);
                var images = new Images(name, folder, read.Pixels.Length, read.Height);
                foreach (var number in parsed.GetValue(threads)!)
                    comparison.Print(images, number);
            }
        });
        return command;
    }

    private sealed record Images(string Data, string Folder, int Rows, int Side);

    /// <summary>Seconds an epoch; NaN where there is no loop.</summary>
    private sealed record Times(double Ours, double BFloat16, double Plain, double PyTorch);

    private sealed record Comparison(TimedMethod[] Methods, int Rounds, int Epochs)
    {
        public void Print(Images images, int threads)
        {
            var taken = Array.ConvertAll(Methods, _ => new List<Times>());
            var peak = 0.0;
            for (var round = 0; round < Rounds; round++)
            {
                for (var i = 0; i < Methods.Length; i++)
                    taken[i].Add(Take(Methods[i], images, threads));
                peak = Math.Max(peak, PeakProduct(threads));
            }

            var ddc = Array.IndexOf(Methods, TimedMethod.Ddc);
            for (var i = 0; i < Methods.Length; i++)
            {
                var method = Methods[i];
                var ours = taken[i].ConvertAll(t => t.Ours);
                string[] cells =
                [
                    images.Data, $"{images.Rows}", $"{threads}", method.Name,
                    Seconds(ours), Seconds(taken[i].ConvertAll(t => t.BFloat16)), Seconds(taken[i].ConvertAll(t => t.Plain)), Seconds(taken[i].ConvertAll(t => t.PyTorch)),
                    Ratios(taken[i].Select(t => t.Ours / t.Plain)), Ratios(taken[i].Select(t => t.Ours / t.PyTorch)), Ratios(taken[i].Select(t => t.BFloat16 / t.Ours)),
                    ddc >= 0 && method.Method == TimedMethod.UcoNaive.Method ? Ratios(ours.Zip(taken[ddc], (s, d) => s / d.Ours)) : "",
                    method == TimedMethod.Pretraining ? Speed(Work(images) / Statistics.Median(ours), peak) : "",
                ];
                Console.WriteLine($"| {string.Join(" | ", cells)} |");
            }
        }

        // One right after the other, so that a drift of the machine's speed meets both.
        private Times Take(TimedMethod method, Images images, int threads) => new(
            OwnLoop.SecondsAnEpoch(method, images.Data, images.Folder, images.Rows, threads, Epochs),
            OwnLoop.SecondsAnEpoch(method.InBFloat16(), images.Data, images.Folder, images.Rows, threads, Epochs),
            PlainProcess.Knows(method) ? PlainProcess.SecondsAnEpoch(method, images.Rows, images.Side, threads, Epochs) : double.NaN,
            PyTorchLoop.IsThere && PyTorchLoop.Knows(method)
                ? PyTorchLoop.SecondsAnEpoch(method.Method, images.Rows, images.Side, threads, Epochs)
                : double.NaN);
    }

    private static string Seconds(List<double> seconds)
        => double.IsNaN(seconds[0]) ? "" : FormattableString.Invariant($"{Statistics.Median(seconds):0.000}");

    private static string Ratios(IEnumerable<double> values)
        => values.ToArray() is var ratios && double.IsNaN(ratios[0]) ? "" : FormattableString.Invariant($"{Statistics.Median(ratios):0.00} ({ratios.Min():0.00} to {ratios.Max():0.00})");

    private static string Speed(double speed, double peak) => FormattableString.Invariant($"{speed:0} of {peak:0}, {100 * speed / peak:0} %");

    // GFLOP of an epoch of pretraining: forward, and backward twice as much but for the gradient of the input.
    private static double Work(Images images)
    {
        long pixels = images.Side * images.Side;
        long[] sizes = [pixels, 500, 500, 2000, 10, 2000, 500, 500, pixels];
        var products = sizes.Zip(sizes.Skip(1), (a, b) => a * b).ToArray();
        return 2.0 * images.Rows * (3 * products.Sum() - products[0]) / 1e9;
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
