using System.Text.Json.Nodes;
using Microsoft.ML.DeepClustering;

namespace Experiments;

/// <summary>A row of an experiment's table: one system on one data set.</summary>
internal sealed record ExperimentRow(Experiment Experiment, DataChoice Data, ClusteringSystem System, Particulars Particulars)
{
    public string Name => $"{System.Label} on {Data.Called}";

    public int Seeds => System.Seeds ?? Experiment.Seeds;

    /// <summary>The changes of options that belong to the row; a later one holds.</summary>
    public IReadOnlyList<JsonObject> Options => [Experiment.Options, System.Options, Particulars.Options];

    /// <summary>Whether the precision of its runs is its own, and not the experiment's, which the command can change.</summary>
    public bool HasPrecision => new[] { System.Options, Particulars.Options }.Any(o => o.ContainsKey(nameof(DeepClusteringOptions.Precision)));

    /// <summary>The data with the system's values of pixels, and without the label, which is the table's alone.</summary>
    public DataChoice ScaledData => Data with { Low = System.Low ?? Data.Low, High = System.High ?? Data.High, Label = null };
}
