using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Microsoft.ML.DeepClustering.Tool.Commands;

/// <summary>The usual help, and below it the examples of the command and the exit codes.</summary>
internal sealed class Help(HelpAction usual) : SynchronousCommandLineAction
{
    private static readonly string[] RootExamples = ["deep-cluster train photos", "deep-cluster score clusters/model.zip new-photos", "deep-cluster train --help"];

    public override int Invoke(ParseResult parseResult)
    {
        var result = usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var examples = parseResult.CommandResult.Command is ExampleCommand command ? command.Examples : RootExamples;
        output.WriteLine("Examples:");
        foreach (var example in examples)
            output.WriteLine($"  {example}");
        output.WriteLine();
        output.WriteLine($"Exit codes: {ExitCodes.Help}.");
        return result;
    }
}
