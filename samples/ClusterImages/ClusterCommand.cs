using System.CommandLine;
using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.DeepClustering;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;
using Spectre.Console;

namespace ClusterImages;

/// <summary>The default: trains k-means and DDC-UCO on the same images, prints how well each found the classes, saves DDC-UCO's model and a report.</summary>
internal sealed class ClusterCommand(CancellationToken cancellation)
{
    private readonly ImageChoice _images = new();
    private readonly Option<int> _rows = Options.Number("--rows", 10_000, 1, "The number of images, from the first");
    private readonly Option<int> _epochs = Options.Number("--epochs", Settings.Epochs, 1, "Epochs of DDC-UCO");
    private readonly Option<int> _clusters = Options.Number("--clusters", 10, 2, "The number of clusters");
    private readonly Option<int> _seed = Options.Number("--seed", 1, 0, "The seed of all that is random");
    private readonly Option<int> _threads = Options.Number("--threads", Environment.ProcessorCount, 1, "Threads to train with");
    private readonly Option<string> _report = new("--report") { HelpName = "FILE", Description = "Where the report goes, with its pictures in a folder beside it. Default: report.html beside the model" };

    public void AddTo(Command command)
    {
        _images.AddTo(command);
        foreach (var option in new Option[] { _rows, _epochs, _clusters, _seed, _threads, Options.Model, _report })
            command.Add(option);
        command.SetAction(Run);
    }

    private void Run(ParseResult parsed)
    {
        // A folder that cannot be made is better known before the training than after it.
        var path = Path.GetFullPath(parsed.GetValue(Options.Model)!);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var report = Path.GetFullPath(parsed.GetValue(_report) ?? Path.Combine(Path.GetDirectoryName(path)!, "report.html"));
        Directory.CreateDirectory(Path.GetDirectoryName(report)!);
        var images = _images.Read(parsed).Take(parsed.GetValue(_rows));
        AnsiConsole.WriteLine($"{images.Pixels.Length} images of {images.Height} x {images.Width} in {images.Labels.Distinct().Count()} classes, which the clustering does not see");

        var ml = new MLContext(parsed.GetValue(_seed));
        ml.Log += (_, message) =>
        {
            if (message.Kind == ChannelMessageKind.Warning)
                AnsiConsole.WriteLine($"Warning: {message.RawMessage}");
        };
        var data = ImageRow.View(ml, images);
        var results = new List<MethodResult>();

        T Fit<T>(string name, IEstimator<T> trainer)
            where T : class, ITransformer
        {
            var watch = Stopwatch.StartNew();
            var model = trainer.Fit(data);
            var seconds = watch.Elapsed.TotalSeconds;
            results.Add(new(name, ml.Clustering.EvaluateDeepClustering(model.Transform(data), new DeepClusteringEvaluationOptions { LabelColumnName = "Label", CompareWithKMeans = true }), seconds));
            return model;
        }

        using var model = TrainingDisplay.Show(display =>
        {
            display.Step("K-means", _ => Fit("K-means", ml.Clustering.Trainers.KMeans(new KMeansTrainer.Options
            {
                NumberOfClusters = parsed.GetValue(_clusters),
                NumberOfThreads = parsed.GetValue(_threads),
            })));
            return display.Step("DDC-UCO", progress =>
            {
                var options = Settings.DdcUco();
                options.NumberOfClusters = parsed.GetValue(_clusters);
                options.NumberOfEpochs = parsed.GetValue(_epochs);
                options.NumberOfThreads = parsed.GetValue(_threads);
                options.Progress = progress;
                options.CancellationToken = cancellation;
                return Fit("DDC-UCO", ml.Clustering.Trainers.DdcUco(options));
            });
        });

        AnsiConsole.Write(MethodResult.Table(results));
        Settings.Explain(model.History.BestRun);
        ml.Model.SaveAtomically(model, data.Schema, path);
        AnsiConsole.WriteLine($"DDC-UCO's model is saved: {path}");
        new RunReporter(images, _images.Name(parsed), label => _images.ClassName(parsed, label)).Write(ml, model, data, results, report);
        AnsiConsole.WriteLine($"The report is written: {report}");
    }
}
