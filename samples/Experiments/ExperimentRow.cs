namespace Experiments;

/// <summary>A row of an experiment's table: one system on one data set.</summary>
internal sealed record ExperimentRow(Experiment Experiment, DataChoice Data, ClusteringSystem System, Particulars Particulars)
{
    public string Name => $"{System.Label} on {Data.Name}";

    public int Seeds => System.Seeds ?? Experiment.Seeds;

    /// <summary>The data with the system's values of pixels.</summary>
    public DataChoice ScaledData => Data with { Low = System.Low ?? Data.Low, High = System.High ?? Data.High };
}
