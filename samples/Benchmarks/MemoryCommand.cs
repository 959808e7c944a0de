using System.CommandLine;

namespace Microsoft.ML.DeepClustering.Benchmarks;

/// <summary>Resident memory after each epoch.</summary>
internal static class MemoryCommand
{
    private const int EarlyEpoch = 3;

    public static Command Create()
    {
        var data = new DataChoice();
        var method = new MethodChoice();
        var command = new Command("memory", "Resident memory after epoch 3 and after the last epoch.");
        data.AddTo(command);
        method.AddTo(command);
        command.SetAction(parsed => Run(data.Images(parsed), method.Options(parsed)));
        return command;
    }

    private static void Run(Samples.ImageSet images, DeepClusteringOptions options)
    {
        var memory = new SortedDictionary<int, double>();
        options.Progress = new Reporter(p =>
        {
            if (p.Completed != null)
                memory[p.Epoch] = ProcessMemory.Present;
        });
        var ml = new MLContext(seed: options.Seed);
        using var model = MethodChoice.Trainer(ml, options).Fit(DataChoice.View(ml, images));
        foreach (var (epoch, size) in memory)
            Console.WriteLine(FormattableString.Invariant($"epoch {epoch}: {size:0.0} MiB"));
        var (last, final) = memory.Last();
        Console.WriteLine(FormattableString.Invariant(
            $"RESULT {model.Method}: {memory[EarlyEpoch]:0.0} MiB after epoch {EarlyEpoch}, {final:0.0} MiB after epoch {last}: {100 * (final / memory[EarlyEpoch] - 1):+0.00;-0.00} %"));
    }
}
