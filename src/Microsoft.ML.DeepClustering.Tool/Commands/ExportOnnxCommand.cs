using System.CommandLine;
using Microsoft.ML.DeepClustering.Tool.Modelling;
using Microsoft.ML.DeepClustering.Tool.Output;

namespace Microsoft.ML.DeepClustering.Tool.Commands;

/// <summary>Exports a saved model to ONNX.</summary>
internal sealed class ExportOnnxCommand(CommandContext context)
{
    private readonly Argument<string> _model = ModelArgument.Create();
    private readonly Option<string> _output = new("--output", "-o") { HelpName = "FILE", Description = "The ONNX file", DefaultValueFactory = _ => "model.onnx" };

    public static ExampleCommand Create(CommandContext context)
    {
        var export = new ExportOnnxCommand(context);
        var command = new ExampleCommand(
            "export-onnx",
            "Writes the model for ONNX Runtime, with its preparation where ONNX has that, else the part from the features on.",
            "deep-cluster export-onnx clusters/model.zip --output clusters/model.onnx") { export._model, export._output };
        command.SetAction(export.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var ml = context.Listen(new MLContext());
        var target = Path.GetFullPath(parsed.GetValue(_output)!);
        if (Directory.Exists(target))
            throw new ToolFault($"The output {parsed.GetValue(_output)} is a folder; name a file with --output.");
        var modelPath = parsed.GetValue(_model)!;
        OutputGuard.Check(Path.GetDirectoryName(target)!, [Path.GetFileName(target)], ("model", modelPath));
        var (model, schema) = ModelFile.Load(ml, modelPath);
        using (model)
        using (var folder = OutputFolder.Open(Path.GetDirectoryName(target)!))
        {
            var (graph, inputs, note) = new OnnxExport(ml).Convert(model, schema);
            File.WriteAllBytes(folder.Staged(Path.GetFileName(target)), graph);
            folder.Commit();
            if (note != null)
                context.Console.Line(note);
            context.Console.Line($"Inputs: {inputs}. Outputs: PredictedLabel.output, Score.output, Probability.output, Embedding.output.");
            context.Console.Line($"Written: {parsed.GetValue(_output)}");
        }

        return ExitCodes.Done;
    }
}
