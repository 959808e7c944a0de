namespace Microsoft.ML.DeepClustering.Tool.Output;

/// <summary>Refuses, before any work, results that would be written over what is read, or where a folder stands.</summary>
internal static class OutputGuard
{
    private static readonly StringComparison Comparison = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <param name="folder">The folder of the results.</param>
    /// <param name="names">The files that will be written into it.</param>
    /// <param name="read">What is read, each with what it is; null where there is none.</param>
    public static void Check(string folder, string[] names, params (string What, string? Path)[] read)
    {
        foreach (var place in names.Select(n => Path.Combine(folder, n)))
        {
            RefuseFolder(place);
            foreach (var (what, path) in read)
            {
                if (path != null && IsSame(place, path))
                    throw new ToolFault($"The output {place} is the {what}, which would be overwritten; choose another place with --output.");
            }
        }
    }

    /// <summary>A result is a file: it cannot take the place of a folder.</summary>
    public static void RefuseFolder(string place)
    {
        if (Directory.Exists(place))
            throw new ToolFault($"The output {place} is a folder, and a file is to be written there; move the folder away, or choose another place with --output.");
    }

    // A link in the place of a result is replaced, a link that is read is followed.
    private static bool IsSame(string place, string read)
    {
        var target = InRealFolder(place);
        return target.Equals(InRealFolder(read), Comparison) || target.Equals(Real(Path.GetFullPath(read)), Comparison);
    }

    private static string InRealFolder(string path)
    {
        var full = Path.GetFullPath(path);
        return Path.GetDirectoryName(full) is { } folder ? Path.Combine(Real(folder), Path.GetFileName(full)) : full;
    }

    private static string Real(string full)
    {
        var path = InRealFolder(full);
        try
        {
            return new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        }
        catch (IOException)
        {
            return path;
        }
    }
}
