using System.CommandLine;
using System.Diagnostics;

namespace Microsoft.ML.DeepClustering.Benchmarks;

/// <summary>Trains one method on real images, prints an epoch a line, and in the end its measures.</summary>
internal static class TrainingCommand
{
    public static Command Create()
    {
        var data = new DataChoice();
        var method = new MethodChoice();
        var command = new Command("run", "Trains one method and prints its measures.");
        data.AddTo(command);
        method.AddTo(command);
        command.SetAction(parsed => Run(data.Images(parsed), method.Options(parsed)));
        return command;
    }

    private static void Run(Samples.ImageSet images, DdcFamilyOptions options)
    {
        var ml = new MLContext(seed: options.Seed);
        ml.Log += (_, e) =>
        {
            if (e.Source.Contains("Training", StringComparison.Ordinal) || e.Message.Contains("Training", StringComparison.Ordinal))
                Console.WriteLine(e.Message);
        };
        var view = DataChoice.View(ml, images);
        var watch = Stopwatch.StartNew();
        using var model = MethodChoice.Trainer(ml, options).Fit(view);
        var seconds = watch.Elapsed.TotalSeconds;
        var metrics = ml.Clustering.EvaluateDeepClustering(model.Transform(view));
        var best = model.History.BestRun;
        Console.WriteLine(FormattableString.Invariant(
            $"RESULT {model.Method} seed {best.Seed} lr {options.LearningRate} epochs {options.NumberOfEpochs}: ACC {metrics.Accuracy:0.000} NMI {metrics.NormalizedMutualInformation:0.000} ARI {metrics.AdjustedRandIndex:0.000} loss {best.LowestLoss:0.0000} at epoch {best.BestEpoch}; {best.Epochs.Select(e => e.Seconds).Order().ElementAt(best.Epochs.Count / 2):0.00} s an epoch (median), {seconds:0} s in all; sizes {string.Join(" ", metrics.ClusterSizes)}"));
    }
}
