using System.Text.Json.Nodes;

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

    /// <summary>What is set beside the published figure.</summary>
    public Comparison Compare { get; init; } = Comparison.LowestLoss;

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
        var twice = experiment.Rows().GroupBy(r => r.Name).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new InvalidDataException($"{path} has more than one row '{twice.Key}'; give each system a label of its own.");
        return experiment;
    }
}

/// <summary>Which of a row's figures stands beside the published one.</summary>
internal enum Comparison
{
    /// <summary>That of the run of lowest total loss, as in Trosten et al. 2021 and 2024.</summary>
    LowestLoss,

    /// <summary>The mean over the runs, as in Moradi Fard et al. 2020 and Roy 2024.</summary>
    Mean,
}

/// <summary>A data set or a part of one.</summary>
/// <param name="Name">One that <see cref="DataSets"/> knows.</param>
/// <param name="Classes">Only rows of these classes; null for all.</param>
/// <param name="Rows">Only so many of those rows, the first; null for all.</param>
/// <param name="Low">The lowest value of a pixel.</param>
/// <param name="High">The highest value of a pixel.</param>
internal sealed record DataChoice(string Name, IReadOnlyList<int>? Classes = null, int? Rows = null, float Low = -1, float High = 1);

/// <summary>A method with settings.</summary>
internal sealed record ClusteringSystem
{
    /// <summary>Its name in the table.</summary>
    public required string Label { get; init; }

    /// <summary>The method's name in the library: Ddc, DeepKMeans ...; or KMeans, ML.NET's own on the raw features.</summary>
    public required string Method { get; init; }

    /// <summary>A preset of the method's options; null for the defaults.</summary>
    public string? Preset { get; init; }

    /// <summary>Properties of the method's options.</summary>
    public JsonObject Options { get; init; } = [];

    /// <summary>The values of pixels for this system, where they are not the data set's.</summary>
    public float? Low { get; init; }

    /// <summary>The values of pixels for this system, where they are not the data set's.</summary>
    public float? High { get; init; }

    /// <summary>How many seeds, where it is not the experiment's number.</summary>
    public int? Seeds { get; init; }

    /// <summary>The data sets that it runs on; null for all.</summary>
    public IReadOnlyList<string>? Only { get; init; }

    /// <summary>A sentence for the table.</summary>
    public string? Remark { get; init; }

    /// <summary>What is particular to a data set, by its name.</summary>
    public IReadOnlyDictionary<string, Particulars> On { get; init; } = new Dictionary<string, Particulars>();

    public Particulars For(string data) => On.TryGetValue(data, out var particulars) ? particulars : new Particulars();
}

/// <summary>What is particular to a system on one data set.</summary>
internal sealed record Particulars
{
    /// <summary>A preset instead of the system's.</summary>
    public string? Preset { get; init; }

    /// <summary>Options after the system's.</summary>
    public JsonObject Options { get; init; } = [];

    /// <summary>The published figures, in percent: ACC, NMI.</summary>
    public IReadOnlyDictionary<string, double> Published { get; init; } = new Dictionary<string, double>();
}

/// <summary>A row of an experiment's table: one system on one data set.</summary>
internal sealed record ExperimentRow(Experiment Experiment, DataChoice Data, ClusteringSystem System, Particulars Particulars)
{
    public string Name => $"{System.Label} on {Data.Name}";

    public int Seeds => System.Seeds ?? Experiment.Seeds;

    /// <summary>The data with the system's values of pixels.</summary>
    public DataChoice ScaledData => Data with { Low = System.Low ?? Data.Low, High = System.High ?? Data.High };
}
