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
           where system.Only is null || system.Only.Contains(data.Called, StringComparer.Ordinal)
           select new ExperimentRow(this, data, system, system.For(data.Called));

    /// <summary>Reads a file, and looks at all that can be known without the data.</summary>
    /// <exception cref="InvalidDataException">The file is faulty; the message names it and what is wrong.</exception>
    public static Experiment Read(string path)
    {
        var experiment = JsonFormat.Read<Experiment>(path);
        var faults = ExperimentFaults.Of(experiment);
        if (faults.Count > 0)
            throw new InvalidDataException($"{path}: {string.Join(" ", faults)}");
        foreach (var row in experiment.Rows())
            MethodOptions.Check(row, path);
        return experiment;
    }
}
