using System.CommandLine;

namespace Benchmarks;

/// <summary>Seconds an epoch, methods in turn so that a machine's drift meets all of them, and their ratios to the first of them or to their own baseline.</summary>
internal static class EpochCommand
{
    private static readonly TimedMethod[] Ddc = [TimedMethod.Ddc, TimedMethod.UcoBefore, TimedMethod.UcoAfter, TimedMethod.UcoNaive];

    private static readonly TimedMethod[] Centroid =
    [
        TimedMethod.Pretraining, TimedMethod.Dec, TimedMethod.Idec, TimedMethod.Dcn, TimedMethod.DeepKMeans, TimedMethod.DeepKMeansAgain, TimedMethod.Centering,
    ];

    // Each method and its augmented form.
    private static readonly TimedMethod[] Augmentation =
        new[] { TimedMethod.Pretraining, TimedMethod.Dec, TimedMethod.Idec, TimedMethod.DynAe }.SelectMany(m => new[] { m, m.Augmented() }).ToArray();

    // Each method in float32 and in bfloat16.
    private static readonly TimedMethod[] Precision =
        Centroid.Where(m => m != TimedMethod.DeepKMeansAgain).Append(TimedMethod.DynAe).Concat(Ddc).SelectMany(m => new[] { m, m.InBFloat16() }).ToArray();

    public static Command Create()
    {
        var data = new DataChoice();
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 3 };
        var threads = new Option<int>("--threads") { DefaultValueFactory = _ => 1 };
        var family = new Option<string>("--family") { DefaultValueFactory = _ => "ddc", Description = "ddc, or on the multilayer perceptron: centroid, the methods with an autoencoder; augmentation, with and without it; precision, all of these in float32 and in bfloat16" };
        var names = TimedMethod.Choice();
        var command = new Command("epoch", "Seconds an epoch of the methods of a family, one after the other.") { rounds, threads, family, names };
        data.AddTo(command);
        command.SetAction(parsed => Run(data.Images(parsed), TimedMethod.Chosen(Rows(parsed.GetValue(family)!), parsed.GetValue(names)), parsed.GetValue(rounds), parsed.GetValue(threads)));
        return command;
    }

    private static TimedMethod[] Rows(string family) => family switch
    {
        "ddc" => Ddc,
        "centroid" => Centroid,
        "augmentation" => Augmentation,
        "precision" => Precision,
        _ => throw new ArgumentException($"--family is {family}; it must be ddc, centroid, augmentation or precision."),
    };

    private static void Run(Samples.ImageSet images, TimedMethod[] rows, int rounds, int threads)
    {
        var seconds = rows.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < rows.Length; i++)
                seconds[i].Add(rows[i].SecondsAnEpoch(images, threads));
        }

        for (var i = 0; i < rows.Length; i++)
        {
            var baseline = rows[i].Baseline ?? rows[0];
            var ratios = seconds[i].Zip(seconds[Array.IndexOf(rows, baseline)], (a, b) => a / b);
            Console.WriteLine(FormattableString.Invariant(
                $"{rows[i].Name,-38} {Statistics.Median(seconds[i]):0.00} s an epoch ({seconds[i].Min():0.00} to {seconds[i].Max():0.00}), {Statistics.Median(ratios):0.00} times {baseline.Name}"));
        }
    }
}
