using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Experiments;

/// <summary>Finds null where the type of a value has none, which JSON can bring in. What stands in a <see cref="JsonObject"/> is left to whoever reads that.</summary>
internal sealed class NullValues
{
    private readonly NullabilityInfoContext _context = new();
    private readonly Dictionary<Type, (PropertyInfo Property, NullabilityInfo Type)[]> _properties = [];

    private NullValues()
    {
    }

    /// <summary>The place of the first, such as systems[0].label; null where there is none.</summary>
    public static string? Find(object value) => new NullValues().Within(value, null, "");

    private string? Within(object value, NullabilityInfo? type, string place) => value switch
    {
        string or ValueType or JsonNode => null,
        IDictionary values => First(values.Keys.Cast<object>().Select(key => (values[key], $"{place}.{key}")), type?.GenericTypeArguments.LastOrDefault()),
        IEnumerable values => First(values.Cast<object?>().Select((v, i) => (v, $"{place}[{i}]")), type?.ElementType ?? type?.GenericTypeArguments.LastOrDefault()),
        _ => Properties(value.GetType()).Select(p => At(p.Property.GetValue(value), p.Type, Joined(place, p.Property.Name))).FirstOrDefault(p => p is not null),
    };

    private string? First(IEnumerable<(object? Value, string Place)> values, NullabilityInfo? type)
        => values.Select(v => At(v.Value, type, v.Place)).FirstOrDefault(p => p is not null);

    private string? At(object? value, NullabilityInfo? type, string place)
        => value is not null ? Within(value, type, place) : type?.ReadState == NullabilityState.NotNull ? place : null;

    private (PropertyInfo Property, NullabilityInfo Type)[] Properties(Type type)
    {
        if (!_properties.TryGetValue(type, out var properties))
            _properties[type] = properties = [.. from p in type.GetProperties() where !JsonFormat.IsIgnored(p) select (p, _context.Create(p))];
        return properties;
    }

    private static string Joined(string place, string name)
    {
        var written = JsonNamingPolicy.CamelCase.ConvertName(name);
        return place.Length == 0 ? written : $"{place}.{written}";
    }
}
