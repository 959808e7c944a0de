using System.Text.Json.Nodes;
using Microsoft.ML.DeepClustering;

namespace Experiments;

/// <summary>The options of ML.NET's own k-means: the number of clusters, and no other.</summary>
internal static class KMeansOptions
{
    private const string Clusters = nameof(DeepClusteringOptions.NumberOfClusters);

    /// <summary>The options of a row. What the experiment sets for all systems is for those that have it.</summary>
    /// <param name="row">The row.</param>
    /// <param name="classes">The number of clusters, where the row sets no other.</param>
    /// <exception cref="InvalidDataException">The row has a preset, another option, or a number that is none.</exception>
    public static JsonObject Resolve(ExperimentRow row, int classes)
    {
        if ((row.Particulars.Preset ?? row.System.Preset) is { } preset)
            throw new InvalidDataException($"{MethodOptions.KMeans} has no presets, and the preset is '{preset}'; leave it out.");
        var other = row.System.Options.Concat(row.Particulars.Options).Select(o => o.Key).FirstOrDefault(o => !o.Equals(Clusters, StringComparison.OrdinalIgnoreCase));
        if (other is not null)
            throw new InvalidDataException($"{MethodOptions.KMeans} has the option {other}, but its only one is {Clusters}; leave {other} out.");
        var last = row.Options.LastOrDefault(o => o.ContainsKey(Clusters));
        return new JsonObject { [Clusters] = last is null ? classes : Number(last[Clusters]) };
    }

    private static int Number(JsonNode? value) => value is JsonValue && value.AsValue().TryGetValue<int>(out var number) && number >= 1
        ? number
        : throw new InvalidDataException($"{Clusters} of {MethodOptions.KMeans} is {value?.ToJsonString() ?? "null"}; it must be a whole number, 1 or more.");
}
