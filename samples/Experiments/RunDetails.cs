using System.Globalization;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.DeepClustering;
using Microsoft.ML.DeepClustering.Reporting;

namespace Experiments;

/// <summary>One run for the report: its record, and what its model says of the data.</summary>
internal static class RunDetails
{
    public static RunReport Of(FinishedRow row, ResultStore store)
    {
        var run = row.Kept;
        var part = row.Planned.Data!.Rows.Chosen(run.Job.Data);
        var rows = part.Scaled(run.Job.Data);
        var ml = new MLContext();
        // A run is saved without other transforms, so what is loaded is the transformer itself.
        using var model = Model(ml, store.ModelPath(run.Job));
        var scored = model.Transform(rows.View(ml));
        var metrics = ml.Clustering.EvaluateDeepClustering(scored, "Label");
        var decoded = model.DecodeCentroids();
        var clustered = ml.Data.CreateEnumerable<Clustered>(scored, reuseRowObject: false).ToArray();

        var names = metrics.Contingency.ClassNames.ToArray();
        var clusters = Array.ConvertAll(clustered, c => (int)c.PredictedLabel);
        var course = run.Course!;
        return new($"{row.Row.System.Label}, seed {run.Job.Seed}", row.Row.Data.Called)
        {
            Facts = Facts(run, metrics),
            History = course,
            Mismatch = Mismatch(run).Any() ? [Series.ByEpoch("OFM", Mismatch(run))] : [],
            Performance = new[] { PerformanceMeasure.Accuracy, PerformanceMeasure.NormalizedMutualInformation, PerformanceMeasure.Silhouette }
                .Where(m => Performance(run, m).Any())
                .Select(m => Series.ByEpoch(m.ToString(), Performance(run, m)))
                .ToArray(),
            ClassNames = names,
            Embedding = new(Array.ConvertAll(clustered, c => c.Embedding), clusters)
            {
                Classes = Array.ConvertAll(clustered, c => Array.IndexOf(names, c.Label.ToString(CultureInfo.InvariantCulture))),
            },
            Contingency = Contingency.Of(metrics.Contingency),
            ClusterSizes = metrics.ClusterSizes,
            Images = rows.AreImages ? Sheet(rows, part.RangeOf(run.Job.Data), clustered, clusters, decoded) : null,
        };
    }

    /// <summary>OFM by epoch.</summary>
    public static IEnumerable<double> Mismatch(RunResult run)
        => run.Course?.Epochs.Where(e => e.Mismatch is not null).Select(e => e.Mismatch!.ObjectiveFunctionMismatch) ?? [];

    /// <summary>A measure by epoch.</summary>
    public static IEnumerable<double> Performance(RunResult run, PerformanceMeasure measure)
        => run.Course?.Epochs.Where(e => e.Performance?.ContainsKey(measure) == true).Select(e => e.Performance![measure]) ?? [];

    /// <summary>R-OFM with accuracy and γ = 2, as in Trosten et al. 2024; null for a run that recorded too little.</summary>
    public static RelativeMismatch? RelativeMismatchOf(RunResult run)
        => run.Course is { } course ? RelativeMismatch.TryCompute(course) : null;

    // ML.NET wraps what a part of a model says.
    private static DeepClusteringTransformer Model(MLContext ml, string path)
    {
        try
        {
            return (DeepClusteringTransformer)ml.Model.Load(path, out _);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or FormatException or IOException or TargetInvocationException)
        {
            throw new InvalidDataException($"The model {path} cannot be read ({(e.InnerException ?? e).Message.TrimEnd('.')}); delete it and {Path.ChangeExtension(path, ".json")}, and make the run again with 'run'.", e);
        }
    }

    private static Fact[] Facts(RunResult run, DeepClusteringMetrics metrics)
    {
        static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
        var facts = new List<Fact>
        {
            new("rows", run.Rows.ToString(CultureInfo.InvariantCulture)),
            new("epochs", string.Join(" + ", run.Course!.Epochs.GroupBy(e => e.Phase).Select(g => $"{g.Count()} {g.Key}"))),
            new("seconds", run.Seconds.ToString("0", CultureInfo.InvariantCulture)),
            new("lowest loss", $"{Number(run.Course.LowestLoss)} in epoch {run.Course.BestEpoch}"),
            new("ACC", Number(metrics.Accuracy)),
            new("NMI", Number(metrics.NormalizedMutualInformation)),
            new("ARI", Number(metrics.AdjustedRandIndex)),
            new("purity", Number(metrics.Purity)),
            new("silhouette", Number(metrics.Silhouette)),
            new("Davies-Bouldin", Number(metrics.DaviesBouldinIndex)),
            new("Calinski-Harabasz", metrics.CalinskiHarabaszIndex.ToString("0", CultureInfo.InvariantCulture)),
        };
        if (RelativeMismatchOf(run) is { } fit)
            facts.Add(new("R-OFM (slope / R²)", $"{Number(fit.Slope)} / {Number(fit.RSquared)}"));
        facts.AddRange(metrics.Warnings.Select(w => new Fact("warning", w)));
        return [.. facts];
    }

    private static ImageSheet Sheet(LabelledRows rows, (float Low, float High) range, Clustered[] clustered, int[] clusters, IReadOnlyList<float[]> decoded)
        => new(rows.Dimensions[1], rows.Dimensions[2], rows.Features, clusters, Array.ConvertAll(clustered, c => c.Score.Min()))
        {
            Channels = rows.Dimensions[0],
            Decoded = decoded,
            Low = range.Low,
            High = range.High,
        };

    private sealed class Clustered
    {
        public float Label { get; set; }

        public uint PredictedLabel { get; set; }

        public float[] Score { get; set; } = [];

        public float[] Embedding { get; set; } = [];
    }
}
