using System.CommandLine;
using Microsoft.ML.DeepClustering.Tool.Input;
using Microsoft.ML.DeepClustering.Tool.Modelling;
using Microsoft.ML.DeepClustering.Tool.Output;

namespace Microsoft.ML.DeepClustering.Tool.Commands;

/// <summary>Finds the clusters of new data with a saved model.</summary>
internal sealed class ScoreCommand(CommandContext context)
{
    private readonly Argument<string> _model = ModelArgument.Create();
    private readonly InputOptions _input = new();
    private readonly OutputOptions _output = new("scored");

    public static ExampleCommand Create(CommandContext context)
    {
        var score = new ScoreCommand(context);
        var command = new ExampleCommand(
            "score",
            "Finds the cluster of each row of new data with a model that train has written. The model knows how the data are read.",
            "deep-cluster score clusters/model.zip new-photos",
            "deep-cluster score customers/model.zip new-customers.csv --format parquet --output new-customers") { score._model };
        score._input.AddTo(command);
        score._output.AddTo(command);
        command.SetAction((parsed, _) => score.RunAsync(parsed));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        var ml = context.Listen(new MLContext());
        var request = _input.Read(parsed);
        var modelPath = parsed.GetValue(_model)!;
        OutputGuard.Check(_output.Folder(parsed), [_output.TableName(parsed)], ("input", request.Path), ("file of the labels", request.LabelFile), ("model", modelPath));
        var (model, _) = ModelFile.Load(ml, modelPath);
        using (model)
        {
            using var folder = OutputFolder.Open(_output.Folder(parsed));
            var input = await new InputReader(context.Console, context.Cancellation).ReadAsync(request, model.Input);
            Introduction.Say(context.Console, request, input);
            var scored = model.Trained.Transform(ClusterModel.Prepare(ml, input, model.Preparation));
            var rows = ScoredRows.Read(scored, context.Cancellation);
            Findings.Say(ml, context.Console, scored, input);
            await new ClusterTable(input, rows).WriteAsync(_output.Format(parsed), folder.Staged);
            context.Console.Line($"Written: {string.Join(", ", folder.Commit())}");
        }

        return ExitCodes.Done;
    }
}
