using System.CommandLine;
using Microsoft.ML.DeepClustering.Reporting;
using Spectre.Console;

namespace Experiments;

/// <summary>"report": writes what the finished runs gave as one HTML file and its pictures as SVG files.</summary>
internal sealed class ReportCommand
{
    private readonly ExperimentChoice _choice = new();
    private readonly Option<string> _output = new("--output") { HelpName = "FILE", DefaultValueFactory = _ => "report.html", Description = "The HTML file" };
    private readonly Option<string?> _pictures = new("--pictures") { HelpName = "FOLDER", Description = "Where the same pictures go as SVG files; none are written without it" };
    private readonly Option<bool> _tables = new("--tables-only") { Description = "Leave out the single runs, whose models must be scored" };

    public static Command Create()
    {
        var report = new ReportCommand();
        var command = new Command("report", "Writes the finished runs of experiments as one HTML file.") { report._output, report._pictures, report._tables };
        report._choice.AddTo(command);
        command.SetAction(report.Write);
        return command;
    }

    private void Write(ParseResult parsed)
    {
        var path = PathOption.Full(_output.Name, parsed.GetValue(_output));
        var folder = parsed.GetValue(_pictures) is { } pictures ? PathOption.Full(_pictures.Name, pictures) : null;
        var plan = _choice.Plan(parsed);
        var results = plan.Rows.Select(row => new FinishedRow(row, row.Results(plan.Store))).ToArray();
        if (results.All(r => r.Runs.Count == 0))
            throw new InvalidDataException($"{plan.Store.Folder} has no finished run of these experiments; make some with 'run' and the same options.");
        var experiments = results.GroupBy(r => r.Row.Experiment).ToArray();
        var report = new Report(experiments.Length == 1 ? experiments[0].Key.Title : "Deep clustering: ours beside the published figures")
        {
            Introduction = "Made from the finished runs of experiments. Each run can be repeated: its options, seed and data stand in its result file.",
            Notes = [.. experiments.SelectMany(e => e.Key.Notes), .. plan.Absent.Select(name => $"The data set {name} was not there; its rows are empty.")],
            Tables = experiments.Select(ReportTables.Of).ToArray(),
            Comparisons = experiments.SelectMany(ReportTables.Curves).ToArray(),
            Runs = parsed.GetValue(_tables) ? [] : Details(results, plan.Store),
        };

        var drawn = DrawnReport.Draw(report);
        HtmlReport.Write(drawn, path);
        AnsiConsole.WriteLine($"The report is {path}");
        if (!parsed.GetValue(_tables) && results.Count(r => r.Runs.Count > 0 && !File.Exists(plan.Store.ModelPath(r.Kept.Job))) is > 0 and var lacking)
            AnsiConsole.WriteLine($"{lacking} of its rows have no model among the results and are in the tables alone; the command run makes models.");
        if (folder is not null)
        {
            SvgFiles.Write(drawn, folder);
            AnsiConsole.WriteLine($"Its pictures are in {folder}");
        }
    }

    // Of each row the run that the papers' protocol keeps, once where two tables have it.
    private static RunReport[] Details(IEnumerable<FinishedRow> rows, ResultStore store)
        => rows.Where(r => r.Runs.Count > 0 && File.Exists(store.ModelPath(r.Kept.Job)) && r.Kept.Course is not null)
            .DistinctBy(r => r.Kept.Job.Key())
            .Select(r => RunDetails.Of(r, store))
            .ToArray();
}

/// <summary>A row and those of its runs that gave a model.</summary>
internal sealed record FinishedRow(PlannedRow Planned, IReadOnlyList<RunResult> All)
{
    public ExperimentRow Row => Planned.Row;

    public IReadOnlyList<RunResult> Runs { get; } = All.Where(r => r.Failure is null).ToArray();

    public RunResult Kept => Protocol.Kept(Runs);
}
