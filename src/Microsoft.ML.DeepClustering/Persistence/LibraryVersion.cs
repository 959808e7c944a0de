using System.Reflection;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Persistence;

/// <summary>The version that decides whether two processes train alike.</summary>
internal static class LibraryVersion
{
    /// <summary>That of this library and of TorchSharp, for example "0.1.0 with TorchSharp 0.107.0".</summary>
    public static string Text { get; } = $"{Own()} with TorchSharp {typeof(Tensor).Assembly.GetName().Version?.ToString(3)}";

    private static string Own()
    {
        var library = typeof(LibraryVersion).Assembly;
        return library.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? library.GetName().Version?.ToString() ?? "";
    }
}
