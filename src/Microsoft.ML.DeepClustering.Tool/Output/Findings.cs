using System.Globalization;
using Microsoft.ML.DeepClustering.Tool.Input;
using Microsoft.ML.DeepClustering.Tool.Modelling;
using Microsoft.ML.DeepClustering.Tool.Progress;

namespace Microsoft.ML.DeepClustering.Tool.Output;

/// <summary>Says in a few lines what was found.</summary>
internal static class Findings
{
    public static void Say(MLContext ml, ToolConsole console, IDataView scored, LoadedInput input)
    {
        var metrics = ml.Clustering.EvaluateDeepClustering(
            scored, new DeepClusteringEvaluationOptions { LabelColumnName = input.Labels == null ? null : ClusterModel.LabelColumn(input) });
        console.Line($"Clusters of {string.Join(", ", metrics.ClusterSizes.Select(s => s.ToString("N0", CultureInfo.InvariantCulture)))} rows");
        var silhouette = double.IsNaN(metrics.Silhouette) ? "" : string.Create(CultureInfo.InvariantCulture, $"Silhouette {metrics.Silhouette:0.00}");
        var classes = metrics.NumberOfClasses == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $"compared with {metrics.NumberOfClasses} classes: accuracy {metrics.Accuracy:0.000}, NMI {metrics.NormalizedMutualInformation:0.000}, ARI {metrics.AdjustedRandIndex:0.000}");
        var line = string.Join("; ", new[] { silhouette, classes }.Where(s => s.Length > 0));
        if (line.Length > 0)
            console.Line(line);
        foreach (var warning in metrics.Warnings)
            console.Warn(warning);
    }
}
