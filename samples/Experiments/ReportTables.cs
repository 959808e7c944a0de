using System.Text.Json.Nodes;
using Microsoft.ML.DeepClustering;
using Microsoft.ML.DeepClustering.Reporting;

namespace Experiments;

/// <summary>An experiment's table and its curves.</summary>
internal static class ReportTables
{
    public static ResultTable Of(IGrouping<Experiment, FinishedRow> experiment) => new(experiment.Key.Title, experiment.Select(Row).ToArray())
    {
        Description = experiment.Key.Source is { } source ? $"Published: {source}. In percent." : "In percent.",
    };

    /// <summary>OFM and accuracy by epoch of all rows that recorded them, a chart a data set: Figure 2 of Trosten et al. 2021.</summary>
    public static IEnumerable<Comparison> Curves(IGrouping<Experiment, FinishedRow> experiment)
    {
        foreach (var rows in experiment.Where(r => r.Runs.Count > 0 && r.Kept.Course is not null).GroupBy(r => r.Row.Data.Called))
        {
            var mismatch = rows.Where(r => RunDetails.Mismatch(r.Kept).Any()).Select(r => Series.ByEpoch(r.Row.System.Label, RunDetails.Mismatch(r.Kept))).ToArray();
            if (mismatch.Length > 0)
            {
                yield return new($"Objective function mismatch by epoch, {rows.Key}", mismatch)
                {
                    Description = "OFM = (1 - cosine of the gradients of the clustering and the auxiliary loss) / 2; at 0.5 they are orthogonal, above it opposed.",
                    VerticalAxis = "OFM",
                    ValueAxis = ValueAxis.Mismatch,
                };
            }

            var accuracy = rows.Where(r => RunDetails.Performance(r.Kept, PerformanceMeasure.Accuracy).Any())
                .Select(r => Series.ByEpoch(r.Row.System.Label, RunDetails.Performance(r.Kept, PerformanceMeasure.Accuracy))).ToArray();
            if (accuracy.Length > 0)
                yield return new($"Accuracy by epoch, {rows.Key}", accuracy) { VerticalAxis = "ACC", ValueAxis = ValueAxis.Share };
        }
    }

    /// <summary>What a row has other than the method's defaults, in a line.</summary>
    public static string Settings(ExperimentRow row)
    {
        var preset = row.Particulars.Preset ?? row.System.Preset;
        var options = row.System.Options.Concat(row.Particulars.Options).Where(o => !o.Key.StartsWith("Record", StringComparison.Ordinal) && o.Key != "LabelColumnName");
        return string.Join(", ", [.. preset is null ? Array.Empty<string>() : [$"preset {preset}"], .. options.Select(o => Shown(o.Key, o.Value))]);
    }

    private static ResultRow Row(FinishedRow row)
    {
        var published = row.Row.Particulars.Published;
        double? Published(string name) => published.TryGetValue(name, out var value) ? value : null;
        var result = new ResultRow(row.Row.System.Label, row.Row.Data.Called)
        {
            Settings = Settings(row.Row),
            Runs = row.Runs.Count,
            Published = (Published("ACC") ?? Published("NMI")) is null ? null : new(Published("ACC") / 100, Published("NMI") / 100, ""),
            Compared = row.Row.Experiment.Compare,
            PublishedMismatch = Published("R-OFM slope") is { } slope ? new(slope, Published("R-OFM R²") ?? double.NaN) : null,
            Remark = Remark(row),
        };
        return row.Runs.Count == 0 ? result : result with
        {
            Accuracy = Measure(row.Runs, "ACC"),
            NormalizedMutualInformation = Measure(row.Runs, "NMI"),
            AdjustedRandIndex = row.Runs.All(r => r.Measures.ContainsKey("ARI")) ? Measure(row.Runs, "ARI") : null,
            Mismatch = RunDetails.RelativeMismatchOf(row.Kept) is { } fit ? new(fit.Slope, fit.RSquared) : null,
        };
    }

    private static MeasureResult Measure(IReadOnlyList<RunResult> runs, string name)
    {
        var (mean, deviation) = Protocol.MeanOf(runs.Select(r => r.Measures[name]).ToArray());
        return new(Protocol.Kept(runs).Measures[name], Protocol.BootstrapDeviation(runs, r => r.Measures[name]), mean, deviation);
    }

    // {} are the defaults of options within options.
    private static string Shown(string option, JsonNode? value) => value switch
    {
        null => $"no {option}",
        JsonObject { Count: 0 } => option,
        JsonObject within => $"{option} ({string.Join(", ", within.Select(o => Shown(o.Key, o.Value)))})",
        JsonArray values => $"{option} {string.Join('-', values)}",
        _ => $"{option} {value}",
    };

    private static string? Remark(FinishedRow row)
    {
        var failed = row.All.Count - row.Runs.Count;
        var lost = row.Runs.Count(r => r.ClusterSizes.Any(s => s == 0));
        string?[] remarks =
        [
            row.Row.System.Remark,
            row.Planned.Data is null ? "the data set was not there" : null,
            row.Planned.Data is not null && row.All.Count < row.Planned.Runs.Count ? $"{row.All.Count} of {row.Planned.Runs.Count} runs made" : null,
            failed > 0 ? $"{failed} of {row.All.Count} runs gave no model" : null,
            lost > 0 ? $"{lost} of {row.Runs.Count} runs have an empty cluster" : null,
        ];
        var said = string.Join("; ", remarks.Where(r => r is not null));
        return said.Length == 0 ? null : said;
    }
}
