using System.CommandLine;
using Microsoft.ML.DeepClustering.Tool.Input;
using Microsoft.ML.DeepClustering.Tool.Modelling;
using Microsoft.ML.DeepClustering.Tool.Output;

namespace Microsoft.ML.DeepClustering.Tool.Commands;

/// <summary>Trains on the input, and writes its clusters, the model and a report.</summary>
internal sealed class TrainCommand(CommandContext context)
{
    private readonly InputOptions _input = new();
    private readonly TrainingOptions _training = new("Idec");
    private readonly OutputOptions _output = new("clusters");
    private readonly Option<int?> _clusters = Numbers.Option("--clusters", 2, "The number of clusters. Default: found by a short scan, as choose-k does it");
    private readonly Option<bool> _fresh = new("--fresh") { Description = "Begin anew, even if an interrupted training left a checkpoint in the output folder" };

    public static ExampleCommand Create(CommandContext context)
    {
        var train = new TrainCommand(context);
        var command = new ExampleCommand(
            "train",
            "Finds clusters in images, tables or texts, and writes the cluster of each row, the model and a report. An interrupted training leaves a checkpoint; the same command goes on from there.",
            "deep-cluster train photos --color --size 32 --labels folders --clusters 5",
            "deep-cluster train customers.csv --columns age,income,region --id customer --output customers",
            "deep-cluster train tickets.csv --text message --sentence-encoder",
            "deep-cluster train t10k-images-idx3-ubyte.gz --label-file t10k-labels-idx1-ubyte.gz --clusters 10 --method DdcUco --runs 3") { train._clusters };
        train._input.AddAllTo(command);
        train._training.AddTo(command);
        train._output.AddTo(command);
        command.Add(train._fresh);
        command.SetAction((parsed, _) => train.RunAsync(parsed));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        var ml = context.Listen(_training.CreateContext(parsed));
        var options = _training.Create(parsed);
        var request = _input.Read(parsed) with { Centered = MethodCatalog.WantsCenteredPixels(options) };
        string[] results = [_output.TableName(parsed), ModelFile.Name, ReportFile.Name, TrainingRun.CheckpointName];
        OutputGuard.Check(_output.Folder(parsed), results, ("input", request.Path), ("file of the labels", request.LabelFile));
        using var folder = OutputFolder.Open(_output.Folder(parsed));
        var input = await new InputReader(context.Console, context.Cancellation).ReadAsync(request);
        Introduction.Say(context.Console, request, input);
        options.CancellationToken = context.Cancellation;
        var run = new TrainingRun(ml, context, folder.Path);
        int? named = parsed.GetValue(_clusters);
        options.NumberOfClusters = named ?? FindNumber(ml, parsed, input);
        if (input.Rows < options.NumberOfClusters)
            throw new ToolFault($"{request.Path} has {input.Rows} rows, too few for {options.NumberOfClusters} clusters; lower --clusters, or bring more rows.");
        try
        {
            using var model = run.Train(input, options, parsed.GetValue(_fresh));
            await WriteAsync(ml, parsed, input, model, model.Trained.Transform(run.Data!), folder);
        }
        catch (OperationCanceledException)
        {
            run.SayHowToGoOn(found: named == null ? options.NumberOfClusters : null);
            throw;
        }

        run.DeleteCheckpoint();
        return ExitCodes.Done;
    }

    private async Task WriteAsync(MLContext ml, ParseResult parsed, LoadedInput input, ClusterModel model, IDataView scored, OutputFolder folder)
    {
        Findings.Say(ml, context.Console, scored, input);
        await new ClusterTable(input, ScoredRows.Read(scored, context.Cancellation)).WriteAsync(_output.Format(parsed), folder.Staged);
        ModelFile.Save(ml, model, input.Features.Schema, folder.Staged(ModelFile.Name));
        context.Console.Line("Writing the report ...");
        ReportFile.Write(ml, scored, input, model, _input.Read(parsed).Path, folder.Staged(ReportFile.Name), context.Cancellation);
        context.Console.Line($"Written: {string.Join(", ", folder.Commit())}");
    }

    private int FindNumber(MLContext ml, ParseResult parsed, LoadedInput input)
    {
        var to = Math.Min(ClusterScan.UsualTo, input.Rows);
        if (to < ClusterScan.UsualFrom)
            throw new ToolFault($"The input has {input.Rows} row, too few for clusters.");
        var options = ClusterScan.UsualOptions();
        _training.Share(parsed, options);
        options.CancellationToken = context.Cancellation;
        var scan = Scan(ml, input, options, to);
        context.Console.Line($"Without --clusters the number is found by a scan: {scan.Reason}");
        return scan.SuggestedNumberOfClusters ?? throw new ToolFault("The scan suggests no number of clusters; name one with --clusters.");
    }

    private NumberOfClustersScan Scan(MLContext ml, LoadedInput input, DeepClusteringOptions options, int to)
    {
        var trainings = (to - ClusterScan.UsualFrom + 1) * ClusterScan.UsualSeeds;
        context.Console.Line($"No --clusters: first come {trainings} short trainings, to find the number; --clusters K spares them");
        try
        {
            return new ClusterScan(ml, context.Console).Run(input, options, ClusterScan.UsualFrom, to, ClusterScan.UsualSeeds);
        }
        catch (Exception) when (context.Cancellation.IsCancellationRequested)
        {
            context.Console.Line("Stopped while the number of clusters was looked for: nothing is kept of that. --clusters K spares it.");
            throw;
        }
    }
}
