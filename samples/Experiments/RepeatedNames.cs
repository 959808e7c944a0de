using System.Text.Json;

namespace Experiments;

/// <summary>Finds names that stand twice in one JSON object, where only one of their values would hold. Names are the same in any case, as they are read.</summary>
internal static class RepeatedNames
{
    /// <summary>The place of the first, such as systems[0].options.BatchSize; null where there is none.</summary>
    public static string? Find(JsonElement element, string place = "")
    {
        if (element.ValueKind == JsonValueKind.Array)
            return element.EnumerateArray().Select((e, i) => Find(e, $"{place}[{i}]")).FirstOrDefault(p => p is not null);
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in element.EnumerateObject())
        {
            var its = place.Length == 0 ? property.Name : $"{place}.{property.Name}";
            if (!names.Add(property.Name))
                return its;
            if (Find(property.Value, its) is { } within)
                return within;
        }

        return null;
    }
}
