using System.CommandLine;
using System.Diagnostics;

namespace Benchmarks;

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

    private static void Run(Samples.ImageSet images, DeepClusteringOptions options)
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
        var metrics = ml.Clustering.EvaluateDeepClustering(model.Transform(view), "Label");
        var best = model.History.BestRun;
        var perPhase = best.Epochs.GroupBy(e => e.Phase).Select(g => FormattableString.Invariant($"{g.Key} {g.Count()} x {Statistics.Median(g.Select(e => e.Seconds)):0.000} s"));
        Console.WriteLine(FormattableString.Invariant(
            $"RESULT {model.Method} seed {best.Seed} {Settings(options)}: ACC {metrics.Accuracy:0.000} NMI {metrics.NormalizedMutualInformation:0.000} ARI {metrics.AdjustedRandIndex:0.000} loss {best.LowestLoss:0.0000} at epoch {best.BestEpoch}; {string.Join(", ", perPhase)} (median), {seconds:0} s in all; sizes {string.Join(" ", metrics.ClusterSizes)}"));
    }

    // What differs from the method's defaults.
    private static string Settings(DeepClusteringOptions options)
    {
        var defaults = Activator.CreateInstance(options.GetType())!;
        var changed = options.GetType().GetProperties()
            .Where(p => p.Name != nameof(options.Seed) && !Equals(p.GetValue(options), p.GetValue(defaults)))
            .Select(p => FormattableString.Invariant($"{p.Name}={p.GetValue(options)}"));
        return string.Join(" ", changed);
    }
}
