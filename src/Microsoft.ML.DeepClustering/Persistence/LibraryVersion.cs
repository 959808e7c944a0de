using System.Reflection;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Persistence;

/// <summary>The version that decides whether two processes train alike.</summary>
internal static class LibraryVersion
{
    /// <summary>That of this library and of TorchSharp, for example "0.1.0 with TorchSharp 0.107.0".</summary>
    public static string Text { get; } = $"{Own()} with TorchSharp {typeof(Tensor).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>Another one for each build of other code.</summary>
    public static string Build { get; } = typeof(LibraryVersion).Module.ModuleVersionId.ToString();

    private static string Own()
    {
        var library = typeof(LibraryVersion).Assembly;
        return library.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? library.GetName().Version?.ToString() ?? "";
    }
}
