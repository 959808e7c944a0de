using System.CommandLine;
using System.Text;
using Microsoft.ML.DeepClustering.Persistence;
using Spectre.Console;

namespace Experiments;

/// <summary>"figures": writes what finished runs gave into a Markdown file, between two marks. It needs the results alone, no data.</summary>
internal static class FiguresCommand
{
    /// <summary>Before what is written.</summary>
    public const string Begin = "<!-- figures -->";

    /// <summary>After what is written.</summary>
    public const string End = "<!-- end of figures -->";

    public static Command Create()
    {
        var results = new Option<string>("--results") { HelpName = "FOLDER", DefaultValueFactory = _ => "results", Description = "Where the results are" };
        var output = new Option<string>("--output") { HelpName = "FILE", DefaultValueFactory = _ => "README.md", Description = $"The Markdown file; what stands between {Begin} and {End} is replaced" };
        var command = new Command("figures", "Writes the tables of all finished runs into a Markdown file.") { results, output };
        command.SetAction(parsed =>
        {
            var path = Path.GetFullPath(parsed.GetValue(output)!);
            var text = Replaced(File.ReadAllText(path), Text(parsed.GetValue(results)!), path);
            AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
            AnsiConsole.WriteLine($"The figures are in {path}");
        });
        return command;
    }

    /// <summary>The tables of a folder of results.</summary>
    public static string Text(string results)
        => FigureTables.Of(FigureRow.Read(ListCommand.Names.Select(name => (name, Experiment.Read(Path.Combine(ListCommand.Folder, $"{name}.json")))), new ResultStore(Path.GetFullPath(results)).All()));

    private static string Replaced(string text, string figures, string path)
    {
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        return begin >= 0 && end > begin
            ? $"{text[..begin]}{Begin}\n{figures}{text[end..]}"
            : throw new InvalidDataException($"{path} has no lines {Begin} and {End}, one after the other; write them where the figures shall stand.");
    }
}
