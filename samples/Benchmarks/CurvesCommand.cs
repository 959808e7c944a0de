using System.CommandLine;

namespace Benchmarks;

/// <summary>Seconds an epoch and peak memory over n, k, d and the batch, one varied at a time, and the exponents of their growth.</summary>
internal static class CurvesCommand
{
    // A peak that grows by less than this says nothing of an exponent.
    private const double LeastGrowth = 1.05;

    private static readonly TimedMethod[] Usual =
        [TimedMethod.Pretraining, TimedMethod.Idec, TimedMethod.Dcn, TimedMethod.DeepKMeans, TimedMethod.Ddc, TimedMethod.UcoNaive];

    private static readonly Axis[] Axes =
    [
        new("n", [1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000], (point, n) => point with { N = n }),
        new("k", [2, 10, 50, 100, 300, 1000], (point, k) => point with { K = k }),
        new("d", [16, 64, 256, 784, 2048], (point, d) => point with { D = d }),
        new("batch", [64, 128, 256, 512, 1024], (point, batch) => point with { Batch = batch }),
    ];

    public static Command Create()
    {
        var over = new Option<string[]>("--over") { AllowMultipleArgumentsPerToken = true, Description = "Some of n, k, d, batch; default all" };
        var most = new Option<int>("--most") { DefaultValueFactory = _ => 100_000, Description = "The largest n, to 1000000" };
        (string Name, int Value)[] first = [("n", 3000), ("k", 10), ("d", 64), ("batch", 256), ("p", 10), ("threads", 2)];
        var numbers = Array.ConvertAll(first, f => new Option<int>($"--{f.Name}") { DefaultValueFactory = _ => f.Value, Description = "Of the base point" });
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 1, Description = "Processes a point, of which the medians are shown" };
        var methods = TimedMethod.Choice();
        methods.Description = $"Some of {string.Join(", ", CostPoint.Methods.Select(m => m.Method))}; default all but Dec and Centering";
        var command = new Command("curves", "Seconds an epoch and peak memory over n, k, d and the batch.") { over, most, rounds, methods };
        foreach (var number in numbers)
            command.Add(number);
        command.SetAction(parsed =>
        {
            var names = parsed.GetValue(methods);
            var chosen = names is { Length: > 0 } ? TimedMethod.Chosen(CostPoint.Methods, names) : Usual;
            var axes = parsed.GetValue(over) is { Length: > 0 } some ? Array.FindAll(Axes, a => some.Contains(a.Name)) : Axes;
            var given = Array.ConvertAll(numbers, parsed.GetValue);
            var start = new CostPoint("", given[0], given[1], given[2], given[3], given[4], given[5]);
            Run(start, axes, parsed.GetValue(most), chosen, parsed.GetValue(rounds));
        });
        return command;
    }

    private static void Run(CostPoint start, Axis[] axes, int most, TimedMethod[] methods, int rounds)
    {
        var known = new Dictionary<CostPoint, Cost?>();
        Console.WriteLine($"Base point: n = {start.N}, k = {start.K}, d = {start.D}, batches of {start.Batch}, p = {start.P}, threads {start.Threads}. Seconds an epoch, peak MiB.");
        foreach (var axis in axes)
        {
            var values = Array.FindAll(axis.Values, v => axis.Name != "n" || v <= most);
            Console.WriteLine();
            Console.WriteLine($"| {axis.Name} | {string.Join(" | ", methods.Select(m => m.Name))} |");
            Console.WriteLine($"|---|{string.Concat(methods.Select(_ => "---|"))}");
            var curves = Array.ConvertAll(methods, _ => new List<(double X, Cost Cost)>());
            foreach (var value in values)
            {
                Console.Write($"| {value} |");
                for (var i = 0; i < methods.Length; i++)
                {
                    var cost = Cost(axis.At(start with { Method = methods[i].Name }, value), rounds, known);
                    if (cost is not null)
                        curves[i].Add((value, cost));
                    Console.Write(cost is null ? " failed |" : FormattableString.Invariant($" {cost.Seconds:0.000}, {cost.Mebibytes:0} |"));
                }

                Console.WriteLine();
            }

            Console.WriteLine($"| exponents |{string.Concat(curves.Select(c => $" {Exponents(c)} |"))}");
        }
    }

    private static Cost? Cost(CostPoint point, int rounds, Dictionary<CostPoint, Cost?> known)
    {
        if (known.TryGetValue(point, out var cost))
            return cost;
        try
        {
            var costs = Enumerable.Range(0, rounds).Select(_ => point.Measure()).ToArray();
            cost = new(Statistics.Median(costs.Select(c => c.Seconds)), Statistics.Median(costs.Select(c => c.Mebibytes)));
        }
        catch (InvalidOperationException e)
        {
            // A point may need more memory than there is; the others still count.
            Console.Error.WriteLine(e.Message);
        }

        return known[point] = cost;
    }

    // Of the upper half of the points, where fixed costs no longer hide them.
    private static string Exponents(List<(double X, Cost Cost)> curve)
    {
        if (curve.Count < 2)
            return "-";
        var upper = curve.Skip((curve.Count - 1) / 2).ToArray();
        var least = curve.Min(c => c.Cost.Mebibytes);
        var grown = upper.Where(c => c.Cost.Mebibytes > least).Select(c => (c.X, c.Cost.Mebibytes - least)).ToArray();
        var seconds = Statistics.Exponent(Array.ConvertAll(upper, c => (c.X, c.Cost.Seconds)));
        var grows = curve.Max(c => c.Cost.Mebibytes) > LeastGrowth * least && grown.Length > 1;
        return FormattableString.Invariant($"{seconds:0.00}, ") + (grows ? FormattableString.Invariant($"{Statistics.Exponent(grown):0.00}") : "-");
    }

    private sealed record Axis(string Name, int[] Values, Func<CostPoint, int, CostPoint> At);
}
