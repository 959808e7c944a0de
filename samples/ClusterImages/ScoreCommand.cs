using System.CommandLine;
using Microsoft.ML;
using Spectre.Console;

namespace ClusterImages;

/// <summary>Loads a saved model and scores a few images one by one. Nothing here knows how the model was trained.</summary>
internal sealed class ScoreCommand
{
    private readonly ImageChoice _images = new();
    private readonly Option<int> _count = Options.Number("--count", 10, 1, "The number of images to score, from the first");

    public static Command Create()
    {
        var score = new ScoreCommand();
        var command = new Command("score", "Loads a saved model and scores a few images one by one.") { Options.Model, score._count };
        score._images.AddTo(command);
        command.SetAction(score.Run);
        return command;
    }

    private void Run(ParseResult parsed)
    {
        var ml = new MLContext();
        var path = parsed.GetValue(Options.Model)!;
        var model = Load(ml, path);
        var images = _images.Read(parsed).Take(parsed.GetValue(_count));
        using var engine = ml.Model.CreatePredictionEngine<ImageRow, ImageCluster>(model, ignoreMissingColumns: false, ImageRow.Schema(images));

        AnsiConsole.WriteLine($"{path}, loaded in process {Environment.ProcessId}:");
        var table = new Table().AddColumns("Image", "Cluster", "Probability", "True class");
        foreach (var (index, (pixels, label)) in images.Pixels.Zip(images.Labels).Index())
        {
            var cluster = engine.Predict(new ImageRow { Features = pixels });
            table.AddRow($"{index}", $"{cluster.PredictedLabel}", $"{cluster.Probability[cluster.PredictedLabel - 1]:0.000}", _images.ClassName(parsed, label));
        }

        AnsiConsole.Write(table);
    }

    private static ITransformer Load(MLContext ml, string path)
    {
        using var file = File.OpenRead(path);
        try
        {
            return ml.Model.Load(file, out _);
        }
        catch (Exception e)
        {
            throw new InvalidDataException($"{path} cannot be loaded as a model. {e.GetBaseException().Message}", e);
        }
    }

    private sealed class ImageCluster
    {
        public uint PredictedLabel { get; set; }

        public float[] Probability { get; set; } = [];
    }
}
