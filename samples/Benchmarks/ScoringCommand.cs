using System.CommandLine;
using System.Diagnostics;
using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Benchmarks;

/// <summary>Rows a second through Transform and through a loop of PredictionEngine.</summary>
internal static class ScoringCommand
{
    private const int Rows = 10_000;

    public static Command Create()
    {
        var data = new DataChoice();
        var method = new MethodChoice();
        var command = new Command("scoring", "Rows a second through Transform and through PredictionEngine.");
        data.AddTo(command);
        method.AddTo(command);
        command.SetAction(parsed => Run(data.Images(parsed), method.Options(parsed)));
        return command;
    }

    private static void Run(Samples.ImageSet images, DeepClusteringOptions options)
    {
        // What is scored with matters here, not how well it was trained.
        options.GetType().GetProperty("NumberOfEpochs")?.SetValue(options, 1);
        if (options is AutoencoderFamilyOptions autoencoder)
            autoencoder.PretrainingEpochs = 1;
        var ml = new MLContext(seed: options.Seed);
        var view = DataChoice.View(ml, images);
        using var model = MethodChoice.Trainer(ml, options).Fit(ml.Data.TakeRows(view, 1000));
        TorchSharp.torch.set_num_threads(options.NumberOfThreads ?? 1);
        var rows = Enumerable.Range(0, Rows).Select(i => new ImageRow { Features = images.Pixels[i % images.Pixels.Length] }).ToArray();
        var schema = SchemaDefinition.Create(typeof(ImageRow));
        schema[nameof(ImageRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 1, images.Height, images.Width);
        var batch = model.Transform(ml.Data.LoadFromEnumerable(rows, schema));
        using var engine = ml.Model.CreatePredictionEngine<ImageRow, Prediction>(model, false, schema);
        for (var round = 1; round <= 3; round++)
        {
            var watch = Stopwatch.StartNew();
            var sum = batch.GetColumn<uint>("PredictedLabel").Sum(l => l);
            var transform = Rows / watch.Elapsed.TotalSeconds;
            watch.Restart();
            var other = rows.Sum(r => engine.Predict(r).PredictedLabel);
            var loop = Rows / watch.Elapsed.TotalSeconds;
            Console.WriteLine(FormattableString.Invariant(
                $"round {round}: Transform {transform:0} rows/s, PredictionEngine {loop:0} rows/s, ratio {transform / loop:0.0}; same labels: {sum == other}"));
        }
    }

    private sealed class Prediction
    {
        [KeyType(10)]
        public uint PredictedLabel { get; set; }
    }
}
