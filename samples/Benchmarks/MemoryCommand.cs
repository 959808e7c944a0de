using System.CommandLine;

namespace Benchmarks;

/// <summary>Resident memory after each epoch of each phase.</summary>
internal static class MemoryCommand
{
    private const int EarlyEpoch = 3;

    public static Command Create()
    {
        var data = new DataChoice();
        var method = new MethodChoice();
        var command = new Command("memory", "Resident memory after epoch 3 and after the last epoch of each phase, and its peak.");
        data.AddTo(command);
        method.AddTo(command);
        command.SetAction(parsed => Run(data.Images(parsed), method.Options(parsed)));
        return command;
    }

    private static void Run(Samples.ImageSet images, DeepClusteringOptions options)
    {
        var epochs = new List<(string Phase, int Epoch, double Memory)>();
        options.Progress = new Reporter(p =>
        {
            if (p.Completed is not { } epoch)
                return;
            epochs.Add((epoch.Phase, epoch.Epoch, ProcessMemory.Present));
            Console.WriteLine(FormattableString.Invariant($"{epoch.Phase} epoch {epoch.Epoch}: {epochs[^1].Memory:0.0} MiB"));
        });
        var ml = new MLContext(seed: options.Seed);
        using var model = MethodChoice.Trainer(ml, options).Fit(DataChoice.View(ml, images));
        foreach (var phase in epochs.GroupBy(e => e.Phase))
        {
            var (early, last) = (phase.Last(e => e.Epoch <= EarlyEpoch), phase.Last());
            Console.WriteLine(FormattableString.Invariant(
                $"RESULT {model.Method}, {phase.Key}: {early.Memory:0.0} MiB after epoch {early.Epoch}, {last.Memory:0.0} MiB after epoch {last.Epoch}: {100 * (last.Memory / early.Memory - 1):+0.00;-0.00;0.00} %"));
        }

        Console.WriteLine(FormattableString.Invariant($"RESULT {model.Method}: peak {ProcessMemory.Peak:0} MiB"));
    }
}
