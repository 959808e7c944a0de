using System.CommandLine;
using Microsoft.ML.DeepClustering.Tool.Input;
using Microsoft.ML.DeepClustering.Tool.Modelling;
using Microsoft.ML.DeepClustering.Tool.Output;

namespace Microsoft.ML.DeepClustering.Tool.Commands;

/// <summary>Writes the report of a saved model on data.</summary>
internal sealed class ReportCommand(CommandContext context)
{
    private readonly Argument<string> _model = ModelArgument.Create();
    private readonly InputOptions _input = new();
    private readonly Option<string> _output = new("--output", "-o") { HelpName = "DIR", Description = "The folder that gets report.html", DefaultValueFactory = _ => "report" };

    public static ExampleCommand Create(CommandContext context)
    {
        var report = new ReportCommand(context);
        var command = new ExampleCommand(
            "report",
            "Writes report.html for a model and data: sizes, maps of the clusters, nearest and farthest rows, curves of the training.",
            "deep-cluster report clusters/model.zip photos --labels folders",
            "deep-cluster report customers/model.zip new-customers.csv --output new-customers") { report._model, report._output };
        report._input.AddTo(command);
        command.SetAction((parsed, _) => report.RunAsync(parsed));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        var ml = context.Listen(new MLContext());
        var request = _input.Read(parsed);
        var (modelPath, output) = (parsed.GetValue(_model)!, parsed.GetValue(_output)!);
        OutputGuard.Check(output, [ReportFile.Name], ("input", request.Path), ("file of the labels", request.LabelFile), ("model", modelPath));
        var (model, _) = ModelFile.Load(ml, modelPath);
        using (model)
        {
            using var folder = OutputFolder.Open(output);
            var input = await new InputReader(context.Console, context.Cancellation).ReadAsync(request, model.Input);
            Introduction.Say(context.Console, request, input);
            var scored = model.Trained.Transform(ClusterModel.Prepare(ml, input, model.Preparation));
            Findings.Say(ml, context.Console, scored, input);
            ReportFile.Write(ml, scored, input, model, request.Path, folder.Staged(ReportFile.Name), context.Cancellation);
            context.Console.Line($"Written: {string.Join(", ", folder.Commit())}");
        }

        return ExitCodes.Done;
    }
}
