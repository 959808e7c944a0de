using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Microsoft.ML.DeepClustering.Tool.Commands;
using Microsoft.ML.DeepClustering.Tool.Progress;

namespace Microsoft.ML.DeepClustering.Tool;

/// <summary>The program without its process: a command line, a console and Ctrl+C go in, an exit code comes out.</summary>
internal static class ToolProgram
{
    public static async Task<int> RunAsync(string[] arguments, ToolConsole console, CancellationToken cancellation)
    {
        var root = CreateCommand(new(console, arguments, cancellation));
        var parsed = root.Parse(arguments);
        if (parsed.Action is ParseErrorAction mistake)
            (mistake.ShowHelp, mistake.ShowTypoCorrections) = (false, true);
        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = console.Output, Error = console.Errors }, CancellationToken.None);
        }
        catch (Exception e) when (e.GetBaseException() is OperationCanceledException || (cancellation.IsCancellationRequested && e is AggregateException))
        {
            console.Fault("Interrupted.");
            return ExitCodes.Interrupted;
        }
        catch (ToolFault fault)
        {
            console.Fault(fault.Message);
            return ExitCodes.BadInput;
        }
        catch (Exception e)
        {
            console.Fault(e.Message);
            return ExitCodes.Failed;
        }
    }

    private static RootCommand CreateCommand(CommandContext context)
    {
        var root = new RootCommand("Deep clustering of images, tables and texts: finds clusters without labels, and writes the cluster of each row, a model of ML.NET and a report.")
        {
            TrainCommand.Create(context), ScoreCommand.Create(context), ChooseKCommand.Create(context), ReportCommand.Create(context), ExportOnnxCommand.Create(context),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new Help((HelpAction)help.Action!);
        return root;
    }
}
