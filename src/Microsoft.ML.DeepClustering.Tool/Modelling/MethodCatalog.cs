namespace Microsoft.ML.DeepClustering.Tool.Modelling;

/// <summary>The methods of the library by their names: a class XOptions is the method X.</summary>
internal static class MethodCatalog
{
    private const string Suffix = "Options";

    private static readonly Dictionary<string, Type> OptionTypes = typeof(DeepClusteringOptions).Assembly.GetExportedTypes()
        .Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(DeepClusteringOptions)))
        .ToDictionary(t => t.Name[..^Suffix.Length], StringComparer.OrdinalIgnoreCase);

    /// <summary>All names, in order.</summary>
    public static IEnumerable<string> Names => OptionTypes.Values.Select(t => t.Name[..^Suffix.Length]).Order(StringComparer.Ordinal);

    /// <summary>New options of a method with the library's defaults.</summary>
    public static DeepClusteringOptions Create(string method) => OptionTypes.TryGetValue(method, out var type)
        ? (DeepClusteringOptions)Activator.CreateInstance(type)!
        : throw new ToolFault($"There is no method \"{method}\"; --method takes {string.Join(", ", Names)}.");

    /// <summary>The name of the method whose options these are.</summary>
    public static string NameOf(DeepClusteringOptions options) => options.GetType().Name[..^Suffix.Length];

    /// <summary>Whether a method wants pixels in [-1, 1].</summary>
    public static bool WantsCenteredPixels(DeepClusteringOptions options) => options is DdcFamilyOptions or DepictOptions;
}
