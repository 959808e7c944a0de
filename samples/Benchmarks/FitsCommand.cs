using System.CommandLine;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Methods;
using TorchSharp;

namespace Benchmarks;

/// <summary>What many fits leave behind: native tensors of the thread and resident memory, for every method on vectors and on images, cancelled and failed fits among them.</summary>
internal static class FitsCommand
{
    private const int Rows = 60;
    private const int Side = 20;

    public static Command Create()
    {
        var fits = new Option<int>("--fits") { DefaultValueFactory = _ => 100, Description = "Fits of each method" };
        var command = new Command("fits", "Native tensors and resident memory after some fits and after many, for every method.") { fits };
        command.SetAction(parsed => Run(parsed.GetValue(fits)));
        return command;
    }

    private static void Run(int fits)
    {
        Console.WriteLine("| method | on | tensors left | MiB after 20 % of the fits | MiB after all |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var method in MethodNames.OptionTypes.Keys)
        {
            foreach (var images in new[] { false, true })
                Console.WriteLine(Row(method, images, fits));
        }
    }

    private static string Row(string method, bool images, int fits)
    {
        var ml = new MLContext(seed: 1);
        var view = View(ml, images);
        var (early, before) = (0.0, Tensors);
        for (var fit = 1; fit <= fits; fit++)
        {
            Fit(ml, method, view, fit);
            if (fit == Math.Max(1, fits / 5))
                early = Settled();
        }

        return FormattableString.Invariant($"| {method} | {(images ? "images" : "vectors")} | {Tensors - before} | {early:0} | {Settled():0} |");
    }

    // Those made less those disposed by this thread; Tensor.TotalCount counts each parameter once too often.
    private static long Tensors => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

    // What is the garbage collector's alone is not counted.
    private static double Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return ProcessMemory.Present;
    }

    // Of ten fits one is cancelled and one fails half way.
    private static void Fit(MLContext ml, string method, IDataView view, int fit)
    {
        using var source = new CancellationTokenSource();
        var options = Options(method);
        options.CancellationToken = source.Token;
        options.Progress = new Reporter(_ =>
        {
            if (fit % 10 == 3)
                source.Cancel();
            if (fit % 10 == 6)
                throw new NotSupportedException();
        });
        try
        {
            using var model = MethodChoice.Trainer(ml, options).Fit(view);
            var scored = model.Transform(view);
            using var cursor = scored.GetRowCursor(scored.Schema);
            while (cursor.MoveNext())
            {
            }
        }
        catch (Exception e) when (e is OperationCanceledException or NotSupportedException)
        {
        }
    }

    private static DeepClusteringOptions Options(string method)
    {
        var options = MethodChoice.Create(method, preset: null);
        (options.NumberOfEpochs, options.BatchSize, options.NumberOfClusters) = (options is AutoencoderKMeansOptions ? 0 : 1, 20, 3);
        if (options is AutoencoderFamilyOptions autoencoder)
            autoencoder.PretrainingEpochs = 1;
        if (options is DepictOptions depict)
            depict.PretrainingEpochs = depict.InitializationEpochs = 1;
        return options;
    }

    private static IDataView View(MLContext ml, bool images)
    {
        var random = new Random(1);
        var schema = SchemaDefinition.Create(typeof(FeatureRow));
        schema[nameof(FeatureRow.Features)].ColumnType = images
            ? new VectorDataViewType(NumberDataViewType.Single, 1, Side, Side)
            : new VectorDataViewType(NumberDataViewType.Single, Side * Side);
        var rows = Enumerable.Range(0, Rows)
            .Select(i => new FeatureRow { Features = Enumerable.Range(0, Side * Side).Select(j => (j % 3 == i % 3 ? 1 : 0) + 0.1f * random.NextSingle()).ToArray() })
            .ToArray();
        return ml.Data.LoadFromEnumerable(rows, schema);
    }

    private sealed class FeatureRow
    {
        public float[] Features { get; set; } = [];
    }
}
