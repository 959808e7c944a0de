using System.Globalization;
using Spectre.Console;

namespace Experiments;

/// <summary>Prints ours beside the published figures, in percent.</summary>
internal static class SummaryTables
{
    public static void Print(Plan plan)
    {
        foreach (var rows in plan.Rows.GroupBy(r => r.Row.Experiment))
        {
            var table = new Table { Title = new TableTitle(Markup.Escape(rows.Key.Title)) };
            table.AddColumns("System", "Data", "Runs", "ACC lowest loss", "ACC mean", "NMI lowest loss", "NMI mean", "Published", "Difference");
            foreach (var row in rows)
                table.AddRow(Cells(row, row.Results(plan.Store)).Select(c => new Text(c)));
            AnsiConsole.Write(table);
        }
    }

    private static IEnumerable<string> Cells(PlannedRow row, IReadOnlyList<RunResult> all)
    {
        var runs = all.Where(r => r.Failure is null).ToArray();
        var published = row.Row.Particulars.Published;
        string[] names = ["ACC", "NMI"];
        yield return row.Row.System.Label;
        yield return row.Row.Data.Called;
        yield return row.Data is null ? "data absent" : $"{runs.Length} of {row.Runs.Count}";
        foreach (var name in names)
        {
            yield return runs.Length == 0 ? "" : WithDeviation(Protocol.Kept(runs).Measures[name], Protocol.BootstrapDeviation(runs, r => r.Measures[name]));
            var (mean, deviation) = runs.Length == 0 ? default : Protocol.MeanOf(runs.Select(r => r.Measures[name]).ToArray());
            yield return runs.Length == 0 ? "" : WithDeviation(mean, deviation);
        }

        yield return string.Join(" / ", names.Where(published.ContainsKey).Select(n => Number(published[n])));
        yield return runs.Length == 0 ? "" : string.Join(" / ", names.Where(published.ContainsKey).Select(n => Number(100 * Protocol.Compared(row.Row.Experiment, runs, n) - published[n], "+0.0;-0.0;0.0")));
    }

    private static string WithDeviation(double value, double deviation) => double.IsNaN(deviation) ? Percent(value) : $"{Percent(value)} ± {Percent(deviation)}";

    private static string Percent(double value) => Number(100 * value);

    private static string Number(double value, string format = "0.0") => value.ToString(format, CultureInfo.InvariantCulture);
}
