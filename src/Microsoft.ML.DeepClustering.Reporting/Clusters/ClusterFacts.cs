using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>The facts and sentences of a report on clusters.</summary>
internal static class ClusterFacts
{
    /// <summary>A measure with three digits; a dash unless finite.</summary>
    public static string Measure(double value) => double.IsFinite(value) ? value.ToString("0.000", CultureInfo.InvariantCulture) : "–";

    /// <summary>Facts as a list of definitions.</summary>
    public static string ToHtml(IEnumerable<Fact> facts)
        => $"<dl class=\"facts\">\n{string.Concat(facts.Select(fact => $"<div><dt>{Plain.Escape(fact.Name)}</dt><dd>{Plain.Escape(fact.Value)}</dd></div>\n"))}</dl>\n";

    /// <summary>What is known of all clusters.</summary>
    public static IEnumerable<Fact> OfClusters(ClusterReport report)
    {
        var metrics = report.Metrics;
        yield return new("rows", Plain.Count(metrics.RowCount));
        yield return new("clusters", metrics.NumberOfEmptyClusters == 0 ? Plain.Count(metrics.NumberOfClusters) : $"{Plain.Count(metrics.NumberOfClusters)}, {Plain.Count(metrics.NumberOfEmptyClusters)} of them empty");
        if (report.Columns.Embedding is { Type: VectorDataViewType type } column)
        {
            yield return new("column of the measures and maps", $"{column.Name}, {Plain.Count(type.Size)} values");
            yield return new("silhouette, −1 to 1", Measure(metrics.Silhouette) + (metrics.SilhouetteRowCount < metrics.RowCount ? $", of {Plain.Count(metrics.SilhouetteRowCount)} rows" : ""));
            yield return new("Davies-Bouldin, lower is better", Measure(metrics.DaviesBouldinIndex));
            yield return new("Calinski-Harabasz, higher is better", double.IsFinite(metrics.CalinskiHarabaszIndex) ? Plain.Number(metrics.CalinskiHarabaszIndex) : "–");
        }
    }

    /// <summary>How the clusters agree with the classes; none without classes.</summary>
    public static IEnumerable<Fact> OfClasses(DeepClusteringMetrics metrics)
    {
        if (metrics.NumberOfClasses == 0)
            yield break;
        yield return new("classes", Plain.Count(metrics.NumberOfClasses));
        yield return new("accuracy (ACC)", $"{Plain.Percent(metrics.Accuracy)} %");
        yield return new("normalised mutual information (NMI)", $"{Plain.Percent(metrics.NormalizedMutualInformation)} %");
        yield return new("adjusted Rand index (ARI)", $"{Plain.Percent(metrics.AdjustedRandIndex)} %");
        yield return new("purity", $"{Plain.Percent(metrics.Purity)} %");
        if (metrics.RowsWithoutLabel > 0)
            yield return new("rows without a class", Plain.Count(metrics.RowsWithoutLabel));
    }

    /// <summary>What is known of the training.</summary>
    public static IEnumerable<Fact> OfTraining(DeepClusteringTransformer model)
    {
        var (history, run) = (model.History, model.History.BestRun);
        yield return new("method", model.Method);
        yield return new("values of the embedding", Plain.Count(model.EmbeddingSize));
        yield return new("epochs", string.Join(" + ", run.Epochs.GroupBy(e => e.Phase).Select(g => $"{g.Count()} {g.Key}")));
        yield return new("seconds", run.Epochs.Sum(e => e.Seconds).ToString("0.0", CultureInfo.InvariantCulture));
        yield return new("lowest loss", $"{Plain.Number(run.LowestLoss)}, in epoch {run.BestEpoch}");
        yield return new("seed of the run", $"{run.Seed}");
        if (history.Runs.Count > 1)
            yield return new("runs", $"{history.Runs.Count}, of which this was kept");
    }

    /// <summary>Sentences that a reader should know before the figures.</summary>
    public static IEnumerable<string> Notes(ClusterReport report, ReportOptions options)
    {
        var (metrics, columns) = (report.Metrics, report.Columns);
        foreach (var warning in metrics.Warnings)
            yield return warning;
        if (metrics.RowsWithoutPrediction > 0)
            yield return $"{Plain.Count(metrics.RowsWithoutPrediction)} of {Plain.Count(metrics.RowCount)} rows have no cluster; they count in no figure.";
        if (columns.Predicted is null)
            yield return $"The data has no column '{options.PredictedLabelColumnName}': each row belongs to the cluster of its lowest value in column '{columns.Score!.Value.Name}'.";
        if (columns.Embedding is null)
            yield return "There is neither a column of embeddings nor one of features to measure and to map: no maps and no silhouette are shown.";
        if (columns.Label is { } label && metrics.NumberOfClasses == 0)
            yield return $"No row that has a cluster has a class in column '{label.Name}': there is no class map.";
        if (columns.Score is null && options.ExamplesPerCluster > 0)
            yield return "The data has no column of distances: nearest and farthest rows are not shown. ScoreColumnName names such a column.";
        if (metrics.NumberOfClusters > ClusterReport.MaximumDrawn || metrics.NumberOfClasses > ClusterReport.MaximumDrawn)
            yield return $"There are {Plain.Count(metrics.NumberOfClusters)} clusters{(metrics.NumberOfClasses > 0 ? $" and {Plain.Count(metrics.NumberOfClasses)} classes" : "")}; of more than {ClusterReport.MaximumDrawn} the bars and the class map are left out.";
        if (report.HasExamples && metrics.NumberOfClusters > RowReader.MaximumClustersShown)
            yield return $"Rows are shown of the first {RowReader.MaximumClustersShown} clusters.";
        if (options.Model?.History.BestRun.Failure is { } failure)
            yield return $"The training ended early: {failure}";
    }
}
