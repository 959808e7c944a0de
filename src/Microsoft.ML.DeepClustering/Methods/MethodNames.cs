namespace Microsoft.ML.DeepClustering;

/// <summary>The methods of this library, found by their options: a class XOptions is the method X. Nothing else lists them.</summary>
internal static class MethodNames
{
    private const string Suffix = "Options";

    public static IReadOnlyDictionary<string, Type> OptionTypes { get; } = typeof(MethodNames).Assembly.GetTypes()
        .Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(DeepClusteringOptions)))
        .ToDictionary(Of, StringComparer.Ordinal);

    public static string Of(Type options) => options.Name[..^Suffix.Length];
}
