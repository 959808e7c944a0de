using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Microsoft.ML.DeepClustering.Persistence;

/// <summary>Options as former versions saved them, under the names and in the places that they have now.</summary>
internal static class FormerOptions
{
    private const string Companion = "Companion";

    // The one name that only a former version writes beside the options of a companion.
    private const string CompanionMark = "CompanionWeight";

    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["NumberOfKMeansStarts"] = "KMeansRestarts",
        ["NumberOfReinitializationStarts"] = "ReinitializationRestarts",
        ["RefreshInterval"] = "UpdateInterval",
        ["RefreshUnit"] = "UpdateUnit",
    };

    // What there was no choice of once: what was done then.
    private static readonly Dictionary<string, string> Added = new(StringComparer.Ordinal)
    {
        [nameof(DepictOptions.FirstClusters)] = nameof(DepictFirstClusters.KMeans),
    };

    // Once flat among the method's options. Bandwidth was that of all kernels.
    private static readonly Dictionary<string, string> OfCompanion = new(StringComparer.Ordinal)
    {
        ["Kernel"] = "Kernel",
        [CompanionMark] = "Weight",
        ["Weighting"] = "Weighting",
        ["Grassmann"] = "Grassmann",
        ["Bandwidth"] = "Bandwidth",
        ["Tap"] = "Tap",
    };

    /// <summary>The same values by their present names; options that have no former name are returned as they are.</summary>
    /// <param name="options">The options as they were saved.</param>
    /// <param name="present">The names that options of their method have now.</param>
    /// <exception cref="JsonException">A value is there by both its names, or a name or a text is not UTF-8.</exception>
    public static JsonElement Upgrade(JsonElement options, IReadOnlySet<string> present)
    {
        try
        {
            return Renew(options, present);
        }
        catch (InvalidOperationException e) when (e.InnerException is DecoderFallbackException)
        {
            // An element reads its texts only when they are asked for.
            throw new JsonException("a name or a text is not UTF-8", e);
        }
    }

    private static JsonElement Renew(JsonElement options, IReadOnlySet<string> present)
    {
        if (options.ValueKind != JsonValueKind.Object)
            return options;
        var values = options.EnumerateObject().ToArray();
        var hasFlatCompanion = Array.Exists(values, v => v.NameEquals(CompanionMark));
        var added = Added.Where(a => present.Contains(a.Key) && !Array.Exists(values, v => v.NameEquals(a.Key))).ToArray();
        if (!hasFlatCompanion && added.Length == 0 && !Array.Exists(values, v => Renamed.ContainsKey(v.Name) || IsUnnamedColumn(v)))
            return options;
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
            Write(writer, values, hasFlatCompanion, added, present);
        using var upgraded = JsonDocument.Parse(text.WrittenMemory, new JsonDocumentOptions { AllowDuplicateProperties = false });
        return upgraded.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter writer, JsonProperty[] values, bool hasFlatCompanion, KeyValuePair<string, string>[] added, IReadOnlySet<string> present)
    {
        writer.WriteStartObject();
        // A bandwidth can be the method's own too.
        foreach (var value in values.Where(v => !hasFlatCompanion || !OfCompanion.ContainsKey(v.Name) || present.Contains(v.Name)))
        {
            writer.WritePropertyName(Renamed.GetValueOrDefault(value.Name, value.Name));
            if (IsUnnamedColumn(value))
                writer.WriteNullValue();
            else
                value.Value.WriteTo(writer);
        }

        foreach (var (name, value) in added)
            writer.WriteString(name, value);

        if (hasFlatCompanion)
        {
            writer.WriteStartObject(Companion);
            foreach (var value in values.Where(v => OfCompanion.ContainsKey(v.Name)))
            {
                writer.WritePropertyName(OfCompanion[value.Name]);
                value.Value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    // Empty was as good as null where no performance was recorded.
    private static bool IsUnnamedColumn(JsonProperty value)
        => value.NameEquals(nameof(DeepClusteringOptions.LabelColumnName)) && value.Value.ValueKind == JsonValueKind.String && value.Value.ValueEquals("");
}
