using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments;

/// <summary>How experiments, jobs and results are written as JSON: names as in C#, enumerations by name, NaN allowed, a misspelt name is an error.</summary>
internal static class JsonFormat
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        WriteIndented = true,
        PropertyNameCaseInsensitive = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The same on one line.</summary>
    public static JsonSerializerOptions OneLine { get; } = new(Options) { WriteIndented = false };

    /// <summary>Whether a property is neither written nor read.</summary>
    public static bool IsIgnored(PropertyInfo property) => property.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition == JsonIgnoreCondition.Always;

    /// <summary>Reads a file, in which no name may stand twice and no null where a value must be.</summary>
    /// <exception cref="InvalidDataException">The file is faulty; the message names it and the place.</exception>
    public static T Read<T>(string path)
    {
        try
        {
            var content = File.ReadAllBytes(path);
            var value = JsonSerializer.Deserialize<T>(content, Options) ?? throw new InvalidDataException($"{path} is empty.");
            using var document = JsonDocument.Parse(content, new() { CommentHandling = Options.ReadCommentHandling, AllowTrailingCommas = Options.AllowTrailingCommas });
            if (RepeatedNames.Find(document.RootElement) is { } name)
                throw new InvalidDataException($"{path} has {name} twice; leave one of them out.");
            return NullValues.Find(value) is { } place ? throw new InvalidDataException($"{path} has null, or nothing, for {place}, which must have a value.") : value;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
