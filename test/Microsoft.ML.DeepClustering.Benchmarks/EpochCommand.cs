using System.CommandLine;

namespace Microsoft.ML.DeepClustering.Benchmarks;

/// <summary>Seconds an epoch, methods in turn so that a machine's drift meets all of them, and their ratios to DDC.</summary>
internal static class EpochCommand
{
    public static Command Create()
    {
        var data = new DataChoice();
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 3 };
        var threads = new Option<int>("--threads") { DefaultValueFactory = _ => 1 };
        var command = new Command("epoch", "Seconds an epoch of DDC and of DDC-UCO with either tap, one after the other.") { rounds, threads };
        data.AddTo(command);
        command.SetAction(parsed => Run(data.Images(parsed), parsed.GetValue(rounds), parsed.GetValue(threads)));
        return command;
    }

    private static void Run(Samples.ImageSet images, int rounds, int threads)
    {
        (string Name, string Method, string[] Settings)[] rows =
        [
            ("DDC", "Ddc", []),
            ("DDC-UCO tensor, tap before the pool", "DdcUco", ["Tap=BeforePooling"]),
            ("DDC-UCO tensor, tap after the pool", "DdcUco", ["Tap=AfterPooling"]),
            ("DDC-UCO naive, tap before the pool", "DdcUco", ["Kernel=Naive"]),
        ];
        var seconds = rows.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < rows.Length; i++)
                seconds[i].Add(SecondEpoch(images, MethodChoice.Create(rows[i].Method, null, [.. rows[i].Settings, "NumberOfEpochs=4"]), threads));
        }

        for (var i = 0; i < rows.Length; i++)
        {
            var ratios = seconds[i].Zip(seconds[0], (a, b) => a / b);
            Console.WriteLine(FormattableString.Invariant(
                $"{rows[i].Name,-38} {Median(seconds[i]):0.00} s an epoch ({seconds[i].Min():0.00} to {seconds[i].Max():0.00}), {Median(ratios):0.00} times DDC"));
        }
    }

    // Training alone: epochs 2 and 3 of 4, which are neither warming up nor evaluated.
    private static double SecondEpoch(Samples.ImageSet images, DeepClusteringOptions options, int threads)
    {
        var ml = new MLContext(seed: 1);
        options.NumberOfThreads = threads;
        using var model = MethodChoice.Trainer(ml, options).Fit(DataChoice.View(ml, images));
        return model.History.BestRun.Epochs.Skip(1).Take(2).Average(e => e.Seconds);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
