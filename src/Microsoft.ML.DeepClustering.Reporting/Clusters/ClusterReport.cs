using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>What a report on clusters shows.</summary>
/// <param name="Metrics">The measures of the clusters.</param>
/// <param name="Columns">The columns that were read.</param>
/// <param name="Rows">What was kept of single rows.</param>
/// <param name="Drawn">The pictures.</param>
/// <param name="Images">The images of the rows shown, and those that the centroids are decoded to.</param>
internal sealed record ClusterReport(DeepClusteringMetrics Metrics, ReportColumns Columns, RowReader Rows, DrawnRun Drawn, ExampleImages Images)
{
    /// <summary>Of more clusters, or classes, no bars and no class map are drawn.</summary>
    public const int MaximumDrawn = 100;

    // Values of the silhouette's sample, which is computed in float64: 256 MiB.
    private const int MaximumSilhouetteValues = 32 << 20;

    // Those from -1 to 1, which fit on one axis.
    private static readonly PerformanceMeasure[] _drawnMeasures =
        [PerformanceMeasure.Accuracy, PerformanceMeasure.NormalizedMutualInformation, PerformanceMeasure.AdjustedRandIndex, PerformanceMeasure.Silhouette];

    private readonly Dictionary<int, string> _classes = Rows.Classes().ToDictionary(c => c.Number, c => c.Name);

    /// <summary>The classes of the clusters.</summary>
    public ClassMap Map { get; } = new(Drawn.Run.ClassNames, Drawn.Run.Contingency);

    /// <summary>Whether rows of clusters are shown.</summary>
    public bool HasExamples => Columns.Score is not null && Enumerable.Range(1, ShownClusters).Any(cluster => Rows.ExamplesOf(cluster)?.Nearest().Count > 0);

    /// <summary>Of how many clusters, at most.</summary>
    public int ShownClusters => Math.Min(Metrics.NumberOfClusters, RowReader.MaximumClustersShown);

    /// <summary>Reads the data, once, and draws the pictures.</summary>
    public static ClusterReport Read(ClusteringCatalog catalog, IDataView scored, ReportOptions options)
    {
        options.CancellationToken.ThrowIfCancellationRequested();
        var columns = new ReportColumns(scored.Schema, options);
        var rows = new RowReader(columns, options);
        var metrics = catalog.EvaluateDeepClustering(new ObservedView(scored, columns, rows.Attach), new DeepClusteringEvaluationOptions
        {
            LabelColumnName = columns.Label?.Name,
            PredictedLabelColumnName = options.PredictedLabelColumnName,
            EmbeddingColumnName = columns.Embedding?.Name,
            SilhouetteRowCount = SilhouetteRows(columns),
            Seed = options.Seed,
        });
        options.CancellationToken.ThrowIfCancellationRequested();
        var drawn = RunPictures.Draw("clusters", Run(metrics, rows, options), options.CancellationToken);
        return new(metrics, columns, rows, drawn, ExampleImages.Create(columns, rows, Decoded(columns, options), options));
    }

    /// <summary>The name of a row's class; null without one.</summary>
    public string? ClassOf(ExampleRow row) => _classes.GetValueOrDefault(row.Class);

    /// <summary>The recorded measures that are drawn, by epoch.</summary>
    public static Series[] PerformanceOf(RunRecord? history)
        => Curves(history, epoch => epoch.Performance?.Where(p => _drawnMeasures.Contains(p.Key)).Select(p => ($"{p.Key}", p.Value)) ?? []);

    private static IReadOnlyList<float[]> Decoded(ReportColumns columns, ReportOptions options) => columns.Image is null ? [] : options.Model?.DecodeCentroids() ?? [];

    private static int SilhouetteRows(ReportColumns columns)
    {
        var usual = new DeepClusteringEvaluationOptions().SilhouetteRowCount;
        return columns.Embedding is { Type: VectorDataViewType type } ? Math.Clamp(MaximumSilhouetteValues / type.Size, Math.Min(200, usual), usual) : usual;
    }

    private static RunReport Run(DeepClusteringMetrics metrics, RowReader rows, ReportOptions options)
    {
        var history = options.Model?.History.BestRun;
        var table = metrics.Contingency;
        var (isMapDrawn, areBarsDrawn) = (table.ClassNames.Count is > 0 and <= MaximumDrawn && metrics.NumberOfClusters <= MaximumDrawn, metrics.NumberOfClusters <= MaximumDrawn);
        return new("Clusters", "")
        {
            History = history,
            Mismatch = Curves(history, epoch => epoch.Mismatch is { } mismatch ? [("OFM", mismatch.ObjectiveFunctionMismatch)] : []),
            Performance = PerformanceOf(history),
            ClassNames = table.ClassNames,
            Contingency = isMapDrawn ? Contingency.Of(table) : null,
            ClusterSizes = areBarsDrawn ? metrics.ClusterSizes : [],
            Embedding = rows.Sample is { Offered: > 0 } sample ? Embedded(sample, rows, options) : null,
            SampleSeed = options.Seed,
        };
    }

    private static EmbeddedRows Embedded(MapSample sample, RowReader rows, ReportOptions options)
    {
        var places = rows.Classes().Select((c, place) => (c.Number, place)).ToDictionary(c => c.Number, c => c.place);
        var drawn = sample.Rows.ToArray();
        return new(Array.ConvertAll(drawn, row => row.Values), Array.ConvertAll(drawn, row => row.Cluster))
        {
            Classes = places.Count > 0 ? Array.ConvertAll(drawn, row => places.GetValueOrDefault(row.Class, -1)) : null,
            DrawnOf = sample.Offered,
            MaximumByComponents = sample.Capacity,
            MaximumByNeighbours = sample.Capacity,
            ColourByClass = true,
        };
    }

    private static Series[] Curves(RunRecord? history, Func<EpochRecord, IEnumerable<(string Name, double Value)>> values)
        => (history?.Epochs ?? []).SelectMany(values).GroupBy(v => v.Name, v => v.Value).Select(curve => Series.ByEpoch(curve.Key, curve)).ToArray();
}
