using System.Text.Json.Nodes;
using Microsoft.ML.DeepClustering;
using Microsoft.ML.DeepClustering.Reporting;

namespace Experiments;

/// <summary>A row of an experiment and the runs that were made of it, by seed.</summary>
/// <param name="Experiment">The name of the experiment.</param>
internal sealed record FigureRow(string Experiment, ExperimentRow Row, IReadOnlyList<RunResult> Runs)
{
    /// <summary>Those that every result has.</summary>
    public static readonly string[] Measures = ["ACC", "NMI"];

    /// <summary>The run that the papers' protocol keeps.</summary>
    public RunResult Kept { get; } = Protocol.Kept(Runs);

    /// <summary>Those measures of which a figure is published.</summary>
    public IReadOnlyList<string> Published { get; } = [.. Measures.Where(Row.Particulars.Published.ContainsKey)];

    /// <summary>Where ours stands.</summary>
    public Standing Standing
        => Published.Count == 0 ? Standing.None
            : Published.All(m => Distance(m) >= -Deviation(m)) ? Standing.Reached
            : Reason is null ? Standing.Unexplained
            : Standing.Explained;

    public string? Reason => Row.Particulars.Reason ?? Row.System.Reason;

    public string? Tried => Row.Particulars.Tried ?? Row.System.Tried;

    /// <summary>The figure beside the published one, in percent.</summary>
    public double Compared(string measure) => 100 * Protocol.Compared(Row.Experiment, Runs, measure);

    /// <summary>Ours less the published figure, in points.</summary>
    public double Distance(string measure) => Compared(measure) - Row.Particulars.Published[measure];

    /// <summary>The standard deviation of <see cref="Compared"/>, in points; 0 for a single run.</summary>
    public double Deviation(string measure)
    {
        var deviation = Row.Experiment.Compare == ComparedValue.Mean ? Protocol.MeanOf(Values(measure)).Deviation : Protocol.BootstrapDeviation(Runs, r => r.Measures[measure]);
        return double.IsNaN(deviation) ? 0 : 100 * deviation;
    }

    public double[] Values(string measure) => Runs.Select(r => r.Measures[measure]).ToArray();

    /// <summary>The rows of experiments of which there are runs with a model.</summary>
    /// <param name="experiments">With their names.</param>
    /// <param name="results">Of any experiments.</param>
    public static IReadOnlyList<FigureRow> Read(IEnumerable<(string Name, Experiment Experiment)> experiments, IReadOnlyList<RunResult> results)
    {
        var made = results.Where(r => r.Failure is null).ToArray();
        return [.. from e in experiments
                   from row in e.Experiment.Rows()
                   let runs = EachSeedOnce(row, made.Where(r => IsOf(row, r)))
                   where runs.Length > 0
                   select new FigureRow(e.Name, row, runs)];
    }

    // In the experiment's precision where there is one, and of the fewest threads.
    private static RunResult[] EachSeedOnce(ExperimentRow row, IEnumerable<RunResult> runs) => runs
        .OrderBy(r => r.Job.Seed)
        .ThenByDescending(r => IsOf(row, r, inAnyPrecision: false))
        .ThenBy(r => Number(r.Job, nameof(DeepClusteringOptions.NumberOfThreads)))
        .DistinctBy(r => r.Job.Seed)
        .ToArray();

    // The number of clusters, of threads and the precision are the run's own: the one is known from the data, the others from the command.
    private static bool IsOf(ExperimentRow row, RunResult result, bool inAnyPrecision = true)
    {
        var job = result.Job;
        if (job.Method != row.System.Method || job.Data.Name != row.Data.Name)
            return false;
        var options = MethodOptions.Resolve(row, Number(job, nameof(DeepClusteringOptions.NumberOfClusters)), Number(job, nameof(DeepClusteringOptions.NumberOfThreads)), inAnyPrecision ? job.Precision : null);
        return (job with { Options = options, Data = row.ScaledData }).Key() == job.Key();
    }

    private static int Number(Job job, string option) => job.Options[option] is JsonValue value && value.TryGetValue<int>(out var number) ? number : 1;
}

/// <summary>Where a row stands beside its published figure.</summary>
internal enum Standing
{
    /// <summary>There is no published figure.</summary>
    None,

    /// <summary>At it, above it, or below it by at most one standard deviation.</summary>
    Reached,

    /// <summary>Below it, with a reason.</summary>
    Explained,

    /// <summary>Below it, the reason unknown.</summary>
    Unexplained,
}
