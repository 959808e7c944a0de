using Microsoft.ML.DeepClustering.Reporting;

namespace Experiments;

/// <summary>The papers' way to report a row from the runs of its seeds.</summary>
internal static class Protocol
{
    private const int Resamples = 1000;

    /// <summary>The run of lowest total loss; where a method has no loss, the first. One that ended early, or with all rows in one cluster, only where all did.</summary>
    public static RunResult Kept(IReadOnlyList<RunResult> runs) => runs.MinBy(r => (r.ClustersFound < 2, r.Course?.Failure is not null, r.Loss ?? 0))!;

    /// <summary>The figure that stands beside the published one, 0 to 1: that of the run kept, or the mean.</summary>
    public static double Compared(Experiment experiment, IReadOnlyList<RunResult> runs, string measure)
        => experiment.Compare == ComparedValue.Mean ? runs.Average(r => r.Measures[measure]) : Kept(runs).Measures[measure];

    /// <summary>
    /// The standard deviation, by bootstrap over runs, of what the run of lowest loss gives: as many runs are drawn with replacement as there are,
    /// the one of lowest loss among them is taken, and that again and again; NaN for a single run (Trosten et al. 2024, Section 5).
    /// </summary>
    public static double BootstrapDeviation(IReadOnlyList<RunResult> runs, Func<RunResult, double> measure, int seed = 1)
    {
        if (runs.Count < 2)
            return double.NaN;
        var random = new Random(seed);
        var values = Enumerable.Range(0, Resamples)
            .Select(_ => measure(Kept(Enumerable.Range(0, runs.Count).Select(_ => runs[random.Next(runs.Count)]).ToArray())))
            .ToArray();
        return Deviation(values, values.Length);
    }

    /// <summary>The mean, and the standard deviation with n - 1; NaN for a single run.</summary>
    public static (double Mean, double Deviation) MeanOf(IReadOnlyList<double> values) => (values.Average(), Deviation(values, values.Count - 1));

    private static double Deviation(IReadOnlyList<double> values, int freedom)
    {
        if (freedom == 0)
            return double.NaN;
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / freedom);
    }
}
