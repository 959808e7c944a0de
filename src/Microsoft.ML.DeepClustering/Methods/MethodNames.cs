namespace Microsoft.ML.DeepClustering.Methods;

/// <summary>
/// The methods of this library, by their options: a class XOptions is the method X. Named here one by one, since a search through the assembly
/// would not find what a trimmed program has dropped; a new method adds its own.
/// </summary>
internal static class MethodNames
{
    private static readonly Type[] All =
    [
        typeof(AutoencoderKMeansOptions), typeof(CenteringOptions), typeof(DcnOptions), typeof(DdcAutoencoderOptions), typeof(DdcOptions), typeof(DdcUcoOptions),
        typeof(DecOptions), typeof(DecUcoOptions), typeof(DeepKMeansOptions), typeof(DepictOptions), typeof(DynamicAutoencoderOptions), typeof(IdecOptions),
        typeof(VadeOptions),
    ];

    public static IReadOnlyDictionary<string, Type> OptionTypes { get; } = All.ToDictionary(DeepClusteringOptions.NameOf, StringComparer.Ordinal);
}
