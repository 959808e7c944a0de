using System.CommandLine;
using System.Diagnostics;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>Rows a second through Transform, through a loop of PredictionEngine and through the network alone; latency and allocations of one prediction.</summary>
internal static class ScoringCommand
{
    private const int Rows = 10_000;
    private const int WarmUpCalls = 1000;

    public static Command Create()
    {
        var data = new DataChoice();
        var method = new MethodChoice();
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 5 };
        var columns = new Option<int[]>("--columns") { Description = "Numbers of columns that are passed through.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        var command = new Command("scoring", "Rows a second through Transform, PredictionEngine and the network alone, and the latency of a prediction.") { rounds, columns };
        data.AddTo(command);
        method.AddTo(command);
        command.SetAction(parsed => Run(data.Images(parsed), method.Options(parsed), parsed.GetValue(rounds), parsed.GetValue(columns)!));
        return command;
    }

    private static void Run(Samples.ImageSet images, DeepClusteringOptions options, int rounds, int[] columns)
    {
        // What is scored with matters here, not how well it was trained.
        options.NumberOfEpochs = options is AutoencoderKMeansOptions ? 0 : 1;
        if (options is AutoencoderFamilyOptions autoencoder)
            autoencoder.PretrainingEpochs = 1;
        if (options is DepictOptions depict)
            depict.PretrainingEpochs = depict.InitializationEpochs = 1;
        var ml = new MLContext(seed: options.Seed);
        using var model = MethodChoice.Trainer(ml, options).Fit(ml.Data.TakeRows(DataChoice.View(ml, images), 1000));
        var threads = options.NumberOfThreads ?? 1;
        set_num_threads(threads);
        var repeated = images with { Pixels = Enumerable.Range(0, Rows).Select(i => images.Pixels[i % images.Pixels.Length]).ToArray(), Labels = new int[Rows] };
        var rows = repeated.Pixels.Select(p => new ImageRow { Features = p }).ToArray();
        if (columns.Length > 0)
        {
            PassThrough(ml, model, rows, columns, threads, rounds);
            return;
        }

        using var engine = ml.Model.CreatePredictionEngine<ImageRow, Prediction>(model, false, DataChoice.Schema(images));
        var half = images with { Pixels = repeated.Pixels[..(Rows / 2)], Labels = new int[Rows / 2] };
        var (whole, first, second) = (model.Transform(DataChoice.View(ml, repeated)), model.Transform(DataChoice.View(ml, half)), model.Transform(DataChoice.View(ml, half)));

        using var network = new NetworkAlone(model.Trained, repeated.Pixels);
        (string Name, Func<long> Work)[] ways =
        [
            ("network alone", network.Run),
            ("Transform, 1 cursor", () => Labels(whole)),
            ("Transform, 2 cursors at once", () => AtOnce(threads, first, second)),
            ("PredictionEngine", () => rows.Sum(r => engine.Predict(r).PredictedLabel)),
        ];
        Console.WriteLine($"{model.Method}, batches of {options.ScoringBatchSize}, threads {threads}, {Rows} rows, {rounds} rounds.");
        PrintSpeeds(ways, rounds, "the network alone");
        Console.WriteLine($"Same labels: {ways[1].Work() == ways[3].Work()}.");
        Latency(network, engine, rows);
    }

    // All columns but the features are read.
    private static void PassThrough(MLContext ml, DeepClusteringTransformer model, ImageRow[] rows, int[] columns, int threads, int rounds)
    {
        var views = Array.ConvertAll(columns, n => (Columns: n, View: model.Transform(PassedThrough.View(ml, Array.ConvertAll(rows, r => r.Features), n))));
        (string, Func<long>)[] ways =
        [
            .. views.Select(v => ($"{v.Columns} columns", (Func<long>)(() => PassedThrough.Read(v.View)))),
            .. new[] { 2, 4 }.Select(n => ($"{views[^1].Columns} columns, a set of {n} cursors", (Func<long>)(() => PassedThrough.ReadSet(views[^1].View, n, () => set_num_threads(threads))))),
        ];
        Console.WriteLine($"{model.Method}, threads {threads}, {Rows} rows, {rounds} rounds.");
        PrintSpeeds(ways, rounds, views[0].Columns + " columns");
        Console.WriteLine($"Same labels: {ways.Select(w => w.Item2()).Distinct().Count() == 1}.");
    }

    // In turn, after a round that warms up; shares are of the first.
    private static void PrintSpeeds((string Name, Func<long> Work)[] ways, int rounds, string first)
    {
        var speeds = Array.ConvertAll(ways, _ => new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            for (var i = 0; i < ways.Length; i++)
            {
                var watch = Stopwatch.StartNew();
                _ = ways[i].Work();
                if (round > 0)
                    speeds[i].Add(Rows / watch.Elapsed.TotalSeconds);
            }
        }

        Console.WriteLine($"| | rows/s | of {first} |");
        Console.WriteLine("|---|---|---|");
        for (var i = 0; i < ways.Length; i++)
        {
            var share = Statistics.Median(speeds[i].Zip(speeds[0], (a, b) => a / b));
            Console.WriteLine(FormattableString.Invariant($"| {ways[i].Name} | {Statistics.Median(speeds[i]):0} | {100 * share:0} % |"));
        }
    }

    // The network and a prediction in turn, call by call.
    private static void Latency(NetworkAlone network, PredictionEngine<ImageRow, Prediction> engine, ImageRow[] rows)
    {
        var (alone, prediction) = (new double[rows.Length], new double[rows.Length]);
        var bytes = 0L;
        for (var i = -WarmUpCalls; i < rows.Length; i++)
        {
            var row = Math.Abs(i);
            var start = Stopwatch.GetTimestamp();
            network.RunOne(row);
            var between = Stopwatch.GetTimestamp();
            var before = GC.GetAllocatedBytesForCurrentThread();
            engine.Predict(rows[row]);
            if (i < 0)
                continue;
            (alone[i], prediction[i]) = (Stopwatch.GetElapsedTime(start, between).TotalMicroseconds, Stopwatch.GetElapsedTime(between).TotalMicroseconds);
            bytes += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Console.WriteLine(FormattableString.Invariant(
            $"A prediction: median {Statistics.Median(prediction):0} µs, 99th percentile {Statistics.Quantile(prediction, 0.99):0} µs, {bytes / (double)rows.Length:0} bytes allocated; the network alone on one row: median {Statistics.Median(alone):0} µs, {Statistics.Median(prediction) / Statistics.Median(alone):0.00} times."));
    }

    private static long Labels(IDataView scored) => scored.GetColumn<uint>("PredictedLabel").Sum(l => (long)l);

    private static long AtOnce(int threads, params IDataView[] views)
    {
        var sums = new long[views.Length];
        var workers = views.Select((view, i) => new Thread(() =>
        {
            // OpenMP keeps the number by thread.
            set_num_threads(threads);
            sums[i] = Labels(view);
        })).ToArray();
        Array.ForEach(workers, w => w.Start());
        Array.ForEach(workers, w => w.Join());
        return sums.Sum();
    }

    private sealed class Prediction
    {
        [KeyType(10)]
        public uint PredictedLabel { get; set; }
    }
}
