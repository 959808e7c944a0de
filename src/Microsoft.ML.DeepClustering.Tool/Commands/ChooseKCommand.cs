using System.CommandLine;
using System.Globalization;
using Microsoft.ML.DeepClustering.Tool.Input;
using Microsoft.ML.DeepClustering.Tool.Modelling;

namespace Microsoft.ML.DeepClustering.Tool.Commands;

/// <summary>Tries several numbers of clusters and says which one fits.</summary>
internal sealed class ChooseKCommand(CommandContext context)
{
    private static readonly string[] Titles = ["clusters", "silhouette", "stability", "Davies-Bouldin", "Calinski-Harabasz", "remark"];

    private readonly InputOptions _input = new();
    private readonly TrainingOptions _training = new("AutoencoderKMeans", ClusterScan.UsualEpochs);
    private readonly Option<int?> _from = Numbers.Option("--from", 2, $"The smallest number of clusters. Default: {ClusterScan.UsualFrom}");
    private readonly Option<int?> _to = Numbers.Option("--to", 2, $"The largest number of clusters. Default: {ClusterScan.UsualTo}");
    private readonly Option<int?> _seeds = Numbers.Option("--seeds", 1, $"Trainings for each number. Default: {ClusterScan.UsualSeeds}");

    public static ExampleCommand Create(CommandContext context)
    {
        var choose = new ChooseKCommand(context);
        var command = new ExampleCommand(
            "choose-k",
            $"Trains with several numbers of clusters and seeds, and says which number fits: whose clusters are well apart and the same for all seeds. Of more than {ClusterScan.MostRows} rows a sample is taken. Writes no file.",
            "deep-cluster choose-k customers.csv",
            "deep-cluster choose-k photos --from 3 --to 20 --seeds 5 --pretraining-epochs 50") { choose._from, choose._to, choose._seeds };
        choose._input.AddAllTo(command);
        choose._training.AddTo(command);
        command.SetAction((parsed, _) => choose.RunAsync(parsed));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        var ml = context.Listen(_training.CreateContext(parsed));
        var options = _training.Create(parsed);
        options.CancellationToken = context.Cancellation;
        var request = _input.Read(parsed) with { Centered = MethodCatalog.WantsCenteredPixels(options) };
        int from = parsed.GetValue(_from) ?? ClusterScan.UsualFrom, to = parsed.GetValue(_to) ?? Math.Max(from, ClusterScan.UsualTo);
        if (to < from)
            throw new ToolFault($"--to is {to}, and --from is {from}; --to must be as large or larger.");
        var input = await new InputReader(context.Console, context.Cancellation).ReadAsync(request);
        Introduction.Say(context.Console, request, input);
        if (parsed.GetValue(_to) == null)
            to = Math.Min(to, input.Rows);
        var scanned = Math.Min(input.Rows, ClusterScan.MostRows);
        if (scanned < Math.Max(to, from))
        {
            var rows = scanned < input.Rows ? $"{input.Rows} rows, of which {scanned} are scanned" : $"{input.Rows} rows";
            throw new ToolFault($"{request.Path} has {rows}, too few to try {Math.Max(to, from)} clusters; lower {(to > from ? "--to" : "--from")}.");
        }

        var scan = new ClusterScan(ml, context.Console).Run(input, options, from, to, parsed.GetValue(_seeds) ?? ClusterScan.UsualSeeds);
        context.Console.Table(Titles, scan.Results.Select(Row));
        context.Console.Line(scan.Reason);
        return ExitCodes.Done;
    }

    private static string[] Row(ScannedNumberOfClusters result) =>
    [
        Number(result.NumberOfClusters, "0"), Number(result.Silhouette, "0.000"), Number(result.Stability, "0.000"), Number(result.DaviesBouldinIndex, "0.000"), Number(result.CalinskiHarabaszIndex, "0.0"), Remark(result),
    ];

    private static string Remark(ScannedNumberOfClusters result) => result switch
    {
        { NumberOfFailures: > 0 } => $"{result.NumberOfFailures} of {result.Trainings.Count} trainings failed",
        { NumberWithEmptyClusters: > 0 } => $"{result.NumberWithEmptyClusters} of {result.Trainings.Count} trainings left a cluster empty",
        _ => "",
    };

    private static string Number(double value, string format) => double.IsNaN(value) ? "-" : value.ToString(format, CultureInfo.InvariantCulture);
}
