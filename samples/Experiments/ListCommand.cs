using System.CommandLine;
using Spectre.Console;

namespace Experiments;

/// <summary>"list": the experiments that come with the program.</summary>
internal static class ListCommand
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "experiments");

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);

    public static Command Create()
    {
        var command = new Command("list", "Lists the experiments that come with the program, and the data sets they need.");
        command.SetAction(_ =>
        {
            foreach (var name in Names)
            {
                var experiment = Experiment.Read(Path.Combine(Folder, $"{name}.json"));
                AnsiConsole.WriteLine($"{name}: {experiment.Title}");
                AnsiConsole.WriteLine($"  {experiment.Rows().Count()} rows of {experiment.Seeds} seeds; data sets: {string.Join(", ", experiment.Data.Select(d => d.Name).Distinct())}");
            }
        });
        return command;
    }
}
