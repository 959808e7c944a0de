using System.CommandLine;
using System.Globalization;

namespace Benchmarks;

/// <summary>A training whose cost is measured, on made rows and on the multilayer perceptron, in a process of its own.</summary>
/// <param name="Method">The method, by its name in tables.</param>
/// <param name="N">Rows.</param>
/// <param name="K">Clusters.</param>
/// <param name="D">Values a row.</param>
/// <param name="Batch">Rows a step.</param>
/// <param name="P">The length of an embedding, of the methods that have it as an option.</param>
/// <param name="Threads">Threads of libtorch.</param>
internal sealed record CostPoint(string Method, int N, int K, int D, int Batch, int P, int Threads)
{
    private const int RowsToTime = 10_000;
    private const int MostEpochs = 10;

    public static readonly TimedMethod[] Methods =
    [
        TimedMethod.Pretraining, TimedMethod.Dec, TimedMethod.Idec, TimedMethod.Dcn, TimedMethod.DeepKMeans, TimedMethod.Centering, TimedMethod.Ddc, TimedMethod.UcoNaive,
    ];

    /// <summary>Measures the point in another process.</summary>
    public Cost Measure()
    {
        var numbers = new[] { N, K, D, Batch, P, Threads }.Select(v => v.ToString(CultureInfo.InvariantCulture));
        var cost = ChildProcess.Own(["point", Method, .. numbers]).Split(' ');
        return new(double.Parse(cost[0], CultureInfo.InvariantCulture), double.Parse(cost[1], CultureInfo.InvariantCulture));
    }

    /// <summary>The command of that other process.</summary>
    public static Command Create()
    {
        var method = new Argument<string>("method");
        var numbers = new Argument<int[]>("numbers") { Arity = new ArgumentArity(6, 6) };
        var command = new Command("point", "One point of a curve.") { method, numbers };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            var v = parsed.GetValue(numbers)!;
            var cost = new CostPoint(parsed.GetValue(method)!, v[0], v[1], v[2], v[3], v[4], v[5]).Here();
            Console.Write(FormattableString.Invariant($"{cost.Seconds:0.000000} {cost.Mebibytes:0.0}"));
        });
        return command;
    }

    // The peak is of the whole process: nothing else has run in it.
    private Cost Here()
    {
        var method = Methods.Single(m => m.Name == Method);
        var options = method.Options(Threads, Math.Clamp(RowsToTime / N, 1, MostEpochs));
        (options.NumberOfClusters, options.BatchSize) = (K, Batch);
        if (options is AutoencoderFamilyOptions autoencoder)
            autoencoder.EmbeddingSize = P;
        var ml = new MLContext(seed: 1);
        return new(Statistics.Median(method.Seconds(ml, options, MadeRows.View(ml, N, D, K))), ProcessMemory.Peak);
    }
}

/// <summary>What a training costs.</summary>
/// <param name="Seconds">An epoch.</param>
/// <param name="Mebibytes">The peak of the process's resident memory.</param>
internal sealed record Cost(double Seconds, double Mebibytes);
