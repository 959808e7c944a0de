using Microsoft.ML.DeepClustering.Tests.Documentation;

namespace Microsoft.ML.DeepClustering.Tests.Architecture;

/// <summary>Where the types of the library stand: each in a file of its name.</summary>
internal sealed class SourceTree
{
    /// <summary>The room of what adds to ML.NET's catalogs: it stands beside what it adds, and only hands on.</summary>
    public const string Catalogs = "Catalogs";

    private readonly Dictionary<string, string> _folders;

    public SourceTree()
    {
        var root = Path.Combine(ReadmeTests.Root, "src", "Microsoft.ML.DeepClustering");
        _folders = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .ToDictionary(f => Path.GetFileNameWithoutExtension(f), f => Path.GetRelativePath(root, Path.GetDirectoryName(f)!).Replace('\\', '/'));
    }

    /// <summary>For example "Methods/Dcn"; null for a type that shares another's file.</summary>
    public string? FolderOf(string type) => _folders.GetValueOrDefault(type);

    /// <summary>The first part of the folder, the unit that arrows go between.</summary>
    public string? RoomOf((string Namespace, string Name) type)
        => type.Namespace == "Microsoft.ML" ? Catalogs : (FolderOf(type.Name) ?? FolderByNamespace(type.Namespace))?.Split('/')[0];

    private static string? FolderByNamespace(string name)
    {
        const string Root = "Microsoft.ML.DeepClustering.";
        return name.StartsWith(Root, StringComparison.Ordinal) ? name[Root.Length..].Replace('.', '/') : null;
    }
}
