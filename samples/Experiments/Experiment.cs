using System.Text.Json.Nodes;
using Microsoft.ML.DeepClustering.Reporting;

namespace Experiments;

/// <summary>A file of experiments: systems x data sets x seeds.</summary>
internal sealed record Experiment
{
    /// <summary>The heading of its table.</summary>
    public required string Title { get; init; }

    /// <summary>What differs from the paper, or what a reader should know; shown under the table.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Where the published figures stand.</summary>
    public string? Source { get; init; }

    /// <summary>How many seeds: 1, 2, ... Default: 20, the papers' protocol.</summary>
    public int Seeds { get; init; } = 20;

    /// <summary>What is set beside the published figure: that of the run of lowest total loss, as in Trosten et al. 2021 and 2024, or the mean, as in Moradi Fard et al. 2020 and Roy 2024.</summary>
    public ComparedValue Compare { get; init; } = ComparedValue.LowestLoss;

    /// <summary>The data sets, by name.</summary>
    public required IReadOnlyList<DataChoice> Data { get; init; }

    /// <summary>Options of all systems, before their own.</summary>
    public JsonObject Options { get; init; } = [];

    public required IReadOnlyList<ClusteringSystem> Systems { get; init; }

    /// <summary>The rows of the table, data set after data set.</summary>
    public IEnumerable<ExperimentRow> Rows()
        => from data in Data
           from system in Systems
           where system.Only is null || system.Only.Contains(data.Name, StringComparer.Ordinal)
           select new ExperimentRow(this, data, system, system.For(data.Name));

    public static Experiment Read(string path)
    {
        var experiment = JsonFormat.Read<Experiment>(path);
        if (experiment.Seeds < 1 || experiment.Systems.Any(s => s.Seeds < 1))
            throw new InvalidDataException($"{path}: the number of seeds must be 1 or more.");
        if (experiment.Data.Count == 0 || experiment.Systems.Count == 0)
            throw new InvalidDataException($"{path} has {experiment.Data.Count} data sets and {experiment.Systems.Count} systems; give at least one of each.");
        var scaled = experiment.Rows().FirstOrDefault(r => r.ScaledData is { Standardized: true } and not { Low: -1, High: 1 });
        if (scaled is not null)
            throw new InvalidDataException($"{path}: the data of '{scaled.Name}' are standardised and have low or high values too; leave one of them out.");
        var small = experiment.Data.FirstOrDefault(d => d.Side < 2);
        if (small is not null)
            throw new InvalidDataException($"{path}: the side of {small.Name} is {small.Side}; it must be 2 or more.");
        var twice = experiment.Rows().GroupBy(r => r.Name).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new InvalidDataException($"{path} has more than one row '{twice.Key}'; give each system a label of its own.");
        return experiment;
    }
}
