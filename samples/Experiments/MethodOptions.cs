using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.DeepClustering;
using Samples;

namespace Experiments;

/// <summary>A method's options from its name, a preset and JSON, and back.</summary>
internal static class MethodOptions
{
    /// <summary>ML.NET's own k-means, whose only option here is the number of clusters.</summary>
    public const string KMeans = "KMeans";

    private static readonly Dictionary<string, Type> Types = typeof(DeepClusteringOptions).Assembly.GetExportedTypes()
        .Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(DeepClusteringOptions)))
        .ToDictionary(t => t.Name[..^"Options".Length], StringComparer.Ordinal);

    /// <summary>All options of a row as JSON, presets resolved: two rows of equal JSON are the same training.</summary>
    /// <param name="row">The row.</param>
    /// <param name="classes">The number of clusters, where the row sets no other.</param>
    /// <param name="threads">The threads of a run.</param>
    /// <param name="precision">The numbers of training in the place of the experiment's; null: those. Those that a row has of its own stay.</param>
    public static JsonObject Resolve(ExperimentRow row, int classes, int threads, NumericPrecision? precision = null)
    {
        if (row.System.Method == KMeans)
            return KMeansOptions.Resolve(row, classes);
        RequireOwn(row);
        var merged = Defaults(row.System.Method, row.Particulars.Preset ?? row.System.Preset, classes);
        merged[nameof(DeepClusteringOptions.NumberOfThreads)] = threads;
        // Which JSON leaves out where it is the default.
        merged.TryAdd(nameof(DeepClusteringOptions.Precision), NumericPrecision.Float32.ToString());
        foreach (var changes in row.Options)
            Merge(merged, changes);
        if (precision is not null && !row.HasPrecision)
            merged[nameof(DeepClusteringOptions.Precision)] = precision.ToString();
        Parse(row.System.Method, merged);
        return merged;
    }

    /// <summary>Looks at the options of a row before its data are known.</summary>
    /// <exception cref="InvalidDataException">They are faulty; the message names the file and the row too.</exception>
    public static void Check(ExperimentRow row, string path)
    {
        try
        {
            Resolve(row, classes: 2, threads: 1);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}, {row.Name}: {e.Message}", e);
        }
    }

    public static DeepClusteringOptions Parse(string method, JsonObject options)
    {
        try
        {
            return (DeepClusteringOptions)options.Deserialize(TypeOf(method), JsonFormat.Options)!;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The options of {method} cannot be read: {Explain(method, options, e)}", e);
        }
    }

    // The reader's own words have the lines of a text that nobody has written: options are merged before they are read.
    private static string Explain(string method, JsonObject options, JsonException fault)
    {
        var place = fault.Path?.TrimStart('$', '.') ?? "";
        var (type, node) = (TypeOf(method), (JsonNode?)options);
        foreach (var name in place.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(n => n.Split('[')[0]))
        {
            var option = type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
            if (option is null)
                return $"there is no option {place}.";
            (type, node) = (Nullable.GetUnderlyingType(option.PropertyType) ?? option.PropertyType, (node as JsonObject)?[name]);
        }

        return $"{place} is {node?.ToJsonString() ?? "null"}; it must be {Allowed(type)}.";
    }

    private static string Allowed(Type type)
        => type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}"
            : type == typeof(bool) ? "true or false"
            : type == typeof(string) ? "a text"
            : type == typeof(int) || type == typeof(long) ? "a whole number"
            : type == typeof(double) || type == typeof(float) ? "a number"
            : typeof(System.Collections.IEnumerable).IsAssignableFrom(type) ? "a list of numbers in brackets"
            : "options in braces";

    private static void RequireOwn(ExperimentRow row)
    {
        var others = TypeOf(row.System.Method).GetProperties().Where(IsOfTheProgram).Select(p => p.Name).ToArray();
        foreach (var (name, value) in row.Options.SelectMany(o => o))
        {
            if (others.Contains(name, StringComparer.OrdinalIgnoreCase))
                throw new InvalidDataException($"The option {name} is {value?.ToJsonString() ?? "null"}, which an experiment cannot set; leave it out.");
        }
    }

    // The program gives each run its seed and knows its columns by their usual names; what is not saved with a model, such as a checkpoint's path, is not read from JSON.
    private static bool IsOfTheProgram(PropertyInfo option)
        => JsonFormat.IsIgnored(option) || option.Name == nameof(DeepClusteringOptions.Seed)
            || (option.Name.EndsWith("ColumnName", StringComparison.Ordinal) && option.Name != nameof(DeepClusteringOptions.LabelColumnName));

    private static JsonObject Defaults(string method, string? preset, int classes)
    {
        var type = TypeOf(method);
        var options = Preset(type, preset);
        options.NumberOfClusters = classes;
        return JsonSerializer.SerializeToNode(options, type, new JsonSerializerOptions(JsonFormat.Options) { DefaultIgnoreCondition = 0 })!.AsObject();
    }

    private static Type TypeOf(string method) => Types.TryGetValue(method, out var type)
        ? type
        : throw new InvalidDataException($"There is no method '{method}'; there are {KMeans}, {string.Join(", ", Types.Keys.Order())}.");

    private static DeepClusteringOptions Preset(Type type, string? name)
    {
        try
        {
            return NamedPresets.Create(type, name);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    // Options within options are merged too. JsonFormat makes the objects, whose names are then read in any case.
    private static void Merge(JsonObject merged, JsonObject changes)
    {
        foreach (var (name, value) in changes)
        {
            if (merged[name] is JsonObject within && value is JsonObject inner)
                Merge(within, inner);
            else
                merged[name] = value?.DeepClone();
        }
    }
}
