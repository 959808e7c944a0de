using System.CommandLine;
using System.CommandLine.Invocation;
using Experiments;
using Spectre.Console;

// Repeats the papers' experiments, and any that stand in a file of the same form:
//   list    the experiments that come with the program
//   run     makes the runs that were not made yet, and prints ours beside the published figures
//   report  writes the same as one HTML file, with curves and pictures
//   figures writes the tables of finished runs, whose data need not be there, into a Markdown file
const int Failed = 1, Interrupted = 130;

if (Console.IsOutputRedirected)
    AnsiConsole.Profile.Width = int.MaxValue;

var root = new RootCommand("Repeats the experiments of papers on deep clustering.") { RunCommand.Create(), ReportCommand.Create(), FiguresCommand.Create(), ListCommand.Create(), WorkCommand.Create() };
var parsed = root.Parse(args);
if (parsed.Action is ParseErrorAction mistake)
    (mistake.ShowHelp, mistake.ShowTypoCorrections) = (false, false);

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Cancelled; finished runs are kept, and the same command goes on from there.");
    return Interrupted;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or FormatException or ArgumentException or InvalidOperationException)
{
    Console.Error.WriteLine($"Error: {e.Message}");
    return Failed;
}
