using System.CommandLine;
using System.Diagnostics;

namespace Benchmarks;

/// <summary>The peak of memory and the seconds an epoch on rows that are never in memory at once before training: made ones, or images of a file.</summary>
internal static class LargeCommand
{
    public static Command Create()
    {
        var method = new MethodChoice();
        var rows = new Option<long>("--rows") { DefaultValueFactory = _ => 1_000_000, Description = "n" };
        var values = new Option<int>("--values") { DefaultValueFactory = _ => 784, Description = "d" };
        var images = new Option<string?>("--images") { Description = "A gzipped IDX file of images, all of which are taken instead of made rows" };
        var command = new Command("large", "Peak memory and seconds an epoch on many rows, for example with --set FeatureStorage=Disk.") { rows, values, images };
        method.AddTo(command);
        command.SetAction(parsed =>
        {
            var options = method.Options(parsed);
            var ml = new MLContext(seed: options.Seed);
            var view = parsed.GetValue(images) is { } path
                ? IdxRows.View(ml, path)
                : MadeRows.View(ml, parsed.GetValue(rows), parsed.GetValue(values), options.NumberOfClusters);
            Run(ml, view, options);
        });
        return command;
    }

    private static void Run(MLContext ml, IDataView view, DeepClusteringOptions options)
    {
        options.Progress = new Reporter(p =>
        {
            if (p.Completed is { } epoch)
                Console.WriteLine(FormattableString.Invariant($"{epoch.Phase} epoch {epoch.Epoch}: {epoch.Seconds:0.0} s, peak {ProcessMemory.Peak:0} MiB"));
        });
        Console.WriteLine(FormattableString.Invariant($"before training: {ProcessMemory.Peak:0} MiB"));
        var watch = Stopwatch.StartNew();
        using var model = MethodChoice.Trainer(ml, options).Fit(view);
        Console.WriteLine(FormattableString.Invariant($"RESULT {model.Method}, {options.FeatureStorage}: {watch.Elapsed.TotalSeconds:0} s, peak {ProcessMemory.Peak:0} MiB"));
    }
}
