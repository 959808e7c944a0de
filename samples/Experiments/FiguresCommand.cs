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
        var folder = new Option<string>("--results") { HelpName = "FOLDER", DefaultValueFactory = _ => "results", Description = "Where the results are" };
        var output = new Option<string>("--output") { HelpName = "FILE", DefaultValueFactory = _ => "README.md", Description = $"The Markdown file; what stands between {Begin} and {End} is replaced" };
        var command = new Command("figures", "Writes the tables of all finished runs into a Markdown file.") { folder, output };
        command.SetAction(parsed =>
        {
            var path = PathOption.Full(output.Name, parsed.GetValue(output));
            var store = new ResultStore(PathOption.Full(folder.Name, parsed.GetValue(folder)));
            var results = store.All();
            var rows = Rows(results);
            if (rows.Count == 0)
                throw new InvalidDataException($"{store.Folder} has no result of an experiment that comes with the program; {path} stays as it is.");
            var text = Replaced(File.ReadAllText(path), FigureTables.Of(rows), path);
            AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
            foreach (var other in results.Where(r => r.Failure is null).ExceptBy(rows.SelectMany(r => r.Runs).Select(r => r.Job.Key()), r => r.Job.Key()))
                AnsiConsole.WriteLine($"Left out, since its options are those of no row, or of a seed that is there in the row's own precision: {other.Job.FileName()}.json");
            AnsiConsole.WriteLine($"The figures are in {path}");
        });
        return command;
    }

    /// <summary>The rows of the experiments that come with the program, of which there are results.</summary>
    public static IReadOnlyList<FigureRow> Rows(IReadOnlyList<RunResult> results)
        => FigureRow.Read(ListCommand.Names.Select(name => (name, Experiment.Read(Path.Combine(ListCommand.Folder, $"{name}.json")))), results);

    /// <summary>A text with other figures between the marks, which are lines of their own; its ends of lines stay as they are.</summary>
    /// <exception cref="InvalidDataException">The text has no such lines.</exception>
    public static string Replaced(string text, string figures, string path)
    {
        var lines = text.ReplaceLineEndings("\n");
        var (begin, end) = (lines.IndexOf($"\n{Begin}\n", StringComparison.Ordinal), lines.IndexOf($"\n{End}", StringComparison.Ordinal));
        if (begin < 0 || end < begin)
            throw new InvalidDataException($"{path} has no lines {Begin} and {End}, one after the other; write them where the figures shall stand.");
        return $"{lines[..begin]}\n{Begin}\n{figures}{lines[(end + 1)..]}".ReplaceLineEndings(text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n");
    }
}
