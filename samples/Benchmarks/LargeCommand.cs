using System.CommandLine;
using System.Diagnostics;

namespace Microsoft.ML.DeepClustering.Benchmarks;

/// <summary>The peak of memory and the seconds an epoch on as many made rows as wanted; they are never in memory at once before training.</summary>
internal static class LargeCommand
{
    public static Command Create()
    {
        var method = new MethodChoice();
        var rows = new Option<long>("--rows") { DefaultValueFactory = _ => 1_000_000, Description = "n" };
        var values = new Option<int>("--values") { DefaultValueFactory = _ => 784, Description = "d" };
        var command = new Command("large", "Peak memory and seconds an epoch on made rows, for example with --set FeatureStorage=Disk.") { rows, values };
        method.AddTo(command);
        command.SetAction(parsed => Run(method.Options(parsed), parsed.GetValue(rows), parsed.GetValue(values)));
        return command;
    }

    private static void Run(DeepClusteringOptions options, long rows, int values)
    {
        var ml = new MLContext(seed: options.Seed);
        var view = MadeRows.View(ml, rows, values, options.NumberOfClusters);
        options.Progress = new Reporter(p =>
        {
            if (p.Completed is { } epoch)
                Console.WriteLine(FormattableString.Invariant($"{epoch.Phase} epoch {epoch.Epoch}: {epoch.Seconds:0.0} s, peak {ProcessMemory.Peak:0} MiB"));
        });
        Console.WriteLine(FormattableString.Invariant($"features of {rows} x {values} floats: {rows * values * 4 / 1048576.0:0} MiB"));
        var watch = Stopwatch.StartNew();
        using var model = MethodChoice.Trainer(ml, options).Fit(view);
        Console.WriteLine(FormattableString.Invariant($"RESULT {model.Method}, {options.FeatureStorage}: {watch.Elapsed.TotalSeconds:0} s, peak {ProcessMemory.Peak:0} MiB"));
    }
}
