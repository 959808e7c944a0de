using Microsoft.ML.DeepClustering;
using Spectre.Console;

namespace ClusterImages;

/// <summary>How well a method found the classes.</summary>
/// <param name="Name">The method.</param>
/// <param name="Metrics">Its measures.</param>
/// <param name="Seconds">The time that its training took.</param>
internal sealed record MethodResult(string Name, DeepClusteringMetrics Metrics, double Seconds)
{
    public static Table Table(IEnumerable<MethodResult> results)
    {
        var table = new Table().AddColumns("Method", "ACC", "NMI", "ARI", "Seconds");
        foreach (var (name, metrics, seconds) in results)
            table.AddRow(name, $"{metrics.Accuracy:0.000}", $"{metrics.NormalizedMutualInformation:0.000}", $"{metrics.AdjustedRandIndex:0.000}", $"{seconds:0.0}");
        return table;
    }
}
