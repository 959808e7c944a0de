using System.Globalization;
using System.Text;
using Microsoft.ML.DeepClustering;

namespace Experiments;

/// <summary>Tables of finished runs as Markdown: one a data set, and one of the mismatch.</summary>
internal static class FigureTables
{
    public static string Of(IReadOnlyList<FigureRow> rows)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Count(rows, Standing.Reached)} rows are at their published figures, above them or within one standard deviation; {Count(rows, Standing.Explained)} are below and explained, {Count(rows, Standing.Unexplained)} below and not explained.");
        text.AppendLine("ACC / NMI in %; ± is the standard deviation over the runs, of the run of lowest loss by bootstrap. The distance is that of the figure with an asterisk, the one that the paper reports. The clusters are those that have rows. bf16 says how many of the runs were trained in bfloat16, the others in float32. The seconds are the median over the runs, one thread each.");
        foreach (var data in rows.GroupBy(r => (r.Row.Data.Called, r.Kept.Rows)).OrderBy(g => g.Key.Called, StringComparer.Ordinal).ThenByDescending(g => g.Key.Rows))
            Table(text, data.Key.Called, [.. data]);
        Mismatch(text, [.. rows.Where(r => RunDetails.Mismatch(r.Kept).Any())]);
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static void Table(StringBuilder text, string data, IReadOnlyList<FigureRow> rows)
    {
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"### {data}, {rows[0].Kept.Rows.ToString("N0", CultureInfo.InvariantCulture)} rows").AppendLine();
        text.AppendLine("| system | experiment | runs | bf16 | clusters | mean | lowest loss | published | distance | epochs | s |").AppendLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var row in rows)
            text.AppendLine(Line(row));
        var below = rows.Where(r => r.Standing is Standing.Explained or Standing.Unexplained).ToArray();
        if (below.Length > 0)
            text.AppendLine();
        foreach (var reason in below.GroupBy(r => r.Reason ?? (r.Tried is { } tried ? $"the reason is not known. {tried}" : "the reason is not known.")))
            text.AppendLine(CultureInfo.InvariantCulture, $"- {string.Join("; ", reason.Select(r => $"{r.Row.System.Label} ({r.Experiment})"))}: {reason.Key}");
    }

    private static string Line(FigureRow row)
    {
        var isMean = row.Row.Experiment.Compare == Microsoft.ML.DeepClustering.Reporting.ComparedValue.Mean;
        var mean = Pair(m => WithDeviation(Protocol.MeanOf(row.Values(m))));
        var lowest = Pair(m => WithDeviation((row.Kept.Measures[m], Protocol.BootstrapDeviation(row.Runs, r => r.Measures[m]))));
        var published = Join(row.Published, m => Number(row.Row.Particulars.Published[m]));
        var distance = Join(row.Published, m => row.Distance(m).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture));
        var epochs = row.Kept.Course is { } course ? string.Join(" + ", course.Epochs.GroupBy(e => e.Phase).Select(g => g.Count().ToString(CultureInfo.InvariantCulture))) : "";
        var seconds = row.Runs.Select(r => r.Seconds).Order().ElementAt(row.Runs.Count / 2).ToString("0", CultureInfo.InvariantCulture);
        var found = row.Runs.Select(r => r.ClustersFound).Order().ToArray();
        var clusters = found[0] == found[^1] ? $"{found[0]}" : $"{found[0]} to {found[^1]}";
        return $"| {row.Row.System.Label} | {row.Experiment} | {row.Runs.Count} | {row.Runs.Count(r => r.Job.Precision == NumericPrecision.BFloat16)} | {clusters} | {mean}{(isMean ? " *" : "")} | {lowest}{(isMean ? "" : " *")} | {published} | {distance} | {epochs} | {seconds} |";
    }

    private static void Mismatch(StringBuilder text, IReadOnlyList<FigureRow> rows)
    {
        if (rows.Count == 0)
            return;
        text.AppendLine().AppendLine("### Mismatch").AppendLine();
        text.AppendLine("Of the run of lowest loss: the mean OFM over the epochs, and R-OFM with accuracy (slope / R²).").AppendLine();
        text.AppendLine("| system | data | experiment | OFM | R-OFM | published R-OFM |").AppendLine("|---|---|---|---|---|---|");
        foreach (var row in rows)
        {
            var published = row.Row.Particulars.Published;
            var fit = RunDetails.RelativeMismatchOf(row.Kept) is { } f ? $"{Fine(f.Slope)} / {Fine(f.RSquared)}" : "";
            var theirs = published.TryGetValue("R-OFM slope", out var slope) ? $"{Fine(slope)} / {(published.TryGetValue("R-OFM R²", out var fitted) ? Fine(fitted) : "")}" : "";
            text.AppendLine(CultureInfo.InvariantCulture, $"| {row.Row.System.Label} | {row.Row.Data.Called} | {row.Experiment} | {Fine(RunDetails.Mismatch(row.Kept).Average())} | {fit} | {theirs} |");
        }
    }

    private static int Count(IEnumerable<FigureRow> rows, Standing standing) => rows.Count(r => r.Standing == standing);

    private static string Pair(Func<string, string> of) => Join(["ACC", "NMI"], of);

    // One measure alone is ACC.
    private static string Join(IEnumerable<string> measures, Func<string, string> of) => string.Join(" / ", measures.Select(of));

    private static string WithDeviation((double Value, double Deviation) figure)
        => double.IsNaN(figure.Deviation) ? Number(100 * figure.Value) : $"{Number(100 * figure.Value)} ± {Number(100 * figure.Deviation)}";

    private static string Number(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Fine(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
