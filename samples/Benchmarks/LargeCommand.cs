using System.CommandLine;
using System.Diagnostics;
using Microsoft.ML.Data;

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
        var schema = SchemaDefinition.Create(typeof(ImageRow));
        schema[nameof(ImageRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, values);
        var view = ml.Data.LoadFromEnumerable(Blobs(rows, values, options.NumberOfClusters), schema);
        options.Progress = new Reporter(p =>
        {
            if (p.Completed is { } epoch)
                Console.WriteLine(FormattableString.Invariant($"{epoch.Phase} epoch {epoch.Epoch}: {epoch.Seconds:0.0} s, peak {PeakMebibytes():0} MiB"));
        });
        Console.WriteLine(FormattableString.Invariant($"features of {rows} x {values} floats: {rows * values * 4 / 1048576.0:0} MiB"));
        var watch = Stopwatch.StartNew();
        using var model = MethodChoice.Trainer(ml, options).Fit(view);
        Console.WriteLine(FormattableString.Invariant($"RESULT {model.Method}, {options.FeatureStorage}: {watch.Elapsed.TotalSeconds:0} s, peak {PeakMebibytes():0} MiB"));
    }

    // Around one corner of a cube for each cluster. One row and one array are used for all.
    private static IEnumerable<ImageRow> Blobs(long rows, int values, int clusters)
    {
        var random = new Random(1);
        var row = new ImageRow { Features = new float[values] };
        for (var i = 0L; i < rows; i++)
        {
            row.Label = i % clusters;
            for (var j = 0; j < values; j++)
                row.Features[j] = ((i % clusters * 31 + j) % 7 < 3 ? 0.75f : 0.25f) + 0.25f * (random.NextSingle() - 0.5f);
            yield return row;
        }
    }

    private static double PeakMebibytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1048576.0;
    }
}
