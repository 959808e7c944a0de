using System.CommandLine;
using System.Diagnostics;
using Microsoft.ML.Data;
using TorchSharp;

namespace Benchmarks;

/// <summary>Seconds from the start of a process to the first prediction of a model that it loads, and where they go.</summary>
internal static class ColdStartCommand
{
    private const int Side = 28;

    private static readonly string[] Stages = ["the runtime starts", "an MLContext", "libtorch is loaded", "the model is read", "a prediction engine", "the first prediction", "the second"];

    public static Command Create()
    {
        var method = new MethodChoice();
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 5 };
        var file = new Argument<string?>("file") { Arity = ArgumentArity.ZeroOrOne, Description = "A model to load in this process; default one that is made, in processes of their own" };
        var command = new Command("cold-start", "Seconds from the start of a process to the first prediction of a loaded model, and where they go.") { file, rounds };
        method.AddTo(command);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(file) is { } given)
                Console.WriteLine(string.Join(' ', Start(given).Select(s => FormattableString.Invariant($"{s:0.0000}"))));
            else
                Run(method.Options(parsed), parsed.GetValue(rounds));
        });
        return command;
    }

    private static void Run(DeepClusteringOptions options, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var path = LoadCommand.Save(options, Path.Combine(folder, "model.zip"));
            // The first brings the files into the system's cache.
            var starts = Enumerable.Range(0, rounds + 1).Select(_ => Array.ConvertAll(ChildProcess.Own("cold-start", path).Split(' '), s => double.Parse(s, System.Globalization.CultureInfo.InvariantCulture))).Skip(1).ToArray();
            Console.WriteLine(FormattableString.Invariant($"{options.MethodName}, {new FileInfo(path).Length / 1e6:0.0} MB, {rounds} rounds."));
            Console.WriteLine("| until | seconds | of them |\n|---|---|---|");
            for (var i = 0; i < Stages.Length; i++)
            {
                var (at, own) = (Statistics.Median(starts.Select(s => s[..(i + 1)].Sum())), Statistics.Median(starts.Select(s => s[i])));
                Console.WriteLine(FormattableString.Invariant($"| {Stages[i]} | {at:0.000} | {own:0.000} |"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The seconds of each stage.
    private static List<double> Start(string path)
    {
        var seconds = new List<double> { (DateTime.Now - Process.GetCurrentProcess().StartTime).TotalSeconds };
        var ml = Timed(() => new MLContext());
        Timed(() => torch.zeros(1).ToString());
        var model = Timed(() => ml.Model.Load(path, out _));
        var engine = Timed(() => ml.Model.CreatePredictionEngine<ImageRow, Prediction>(model, true, DataChoice.Schema(Side * Side)));
        var row = new ImageRow { Features = new float[Side * Side] };
        Timed(() => engine.Predict(row));
        Timed(() => engine.Predict(row));
        engine.Dispose();
        return seconds;

        T Timed<T>(Func<T> work)
        {
            var watch = Stopwatch.StartNew();
            var result = work();
            seconds.Add(watch.Elapsed.TotalSeconds);
            return result;
        }
    }

    private sealed class Prediction
    {
        [KeyType(10)]
        public uint PredictedLabel { get; set; }
    }
}
