using System.CommandLine;
using System.CommandLine.Invocation;
using ClusterImages;
using Spectre.Console;

// Clusters images without their labels, by ML.NET's k-means and by DDC-UCO, and saves the DDC-UCO model;
// "score" loads that model, in another process, and scores a few images one by one.
const int Failed = 1, Interrupted = 130;

using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    // The first Ctrl+C ends the training in good order, the second one the process.
    key.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
};

// In a file no line is broken; on a terminal its width is known.
if (Console.IsOutputRedirected)
    AnsiConsole.Profile.Width = int.MaxValue;

var root = new RootCommand("Clusters images with k-means and with DDC-UCO, and compares the clusters with the true classes.") { ScoreCommand.Create() };
new ClusterCommand(cancellation.Token).AddTo(root);
var parsed = root.Parse(args);
if (parsed.Action is ParseErrorAction mistake)
    (mistake.ShowHelp, mistake.ShowTypoCorrections) = (false, false);

try
{
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Cancelled; no model was saved.");
    return Interrupted;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or FormatException or ArgumentException or InvalidOperationException)
{
    Console.Error.WriteLine($"Error: {e.Message}");
    return Failed;
}
