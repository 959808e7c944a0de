using TorchSharp;

namespace Microsoft.ML.DeepClustering.Tests.Support;

/// <summary>Finds, in compiled code, numbers that are handed to libtorch in an object that nothing holds.</summary>
internal static class HeldNumbers
{
    private static readonly Lazy<(IReadOnlySet<string> Conversions, IReadOnlySet<string> Unheld)> OfTorchSharp = new(Read);

    /// <summary>The methods of TorchSharp that make such an object themselves, or let one be made for them; operators among them.</summary>
    public static IReadOnlySet<string> Unheld => OfTorchSharp.Value.Unheld;

    /// <summary>Each call of such a method: "Type.Method calls ...".</summary>
    public static string[] UnheldCalls(CompiledAssembly assembly)
        => [.. assembly.Methods.SelectMany(m => m.Calls.Where(Unheld.Contains).Select(c => $"{m.Name} calls {c}"))];

    /// <summary>The methods that make such an object: each must hold it to its end.</summary>
    public static IEnumerable<string> Makers(CompiledAssembly assembly)
        => assembly.Methods.Where(m => m.Calls.Any(OfTorchSharp.Value.Conversions.Contains)).Select(m => m.Name);

    private static (IReadOnlySet<string> Conversions, IReadOnlySet<string> Unheld) Read()
    {
        using var torchSharp = new CompiledAssembly(typeof(torch).Assembly.Location);
        var conversions = torchSharp.Methods.Where(m => m.Name is "Scalar.op_Implicit" || m.Name.EndsWith(".ToScalar", StringComparison.Ordinal)).Select(m => m.Key).ToHashSet();
        return (conversions, torchSharp.Callers(conversions).Except(conversions).ToHashSet());
    }
}
