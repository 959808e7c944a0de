using System.IO.Compression;

namespace Microsoft.ML;

/// <summary>The entries of a model's zip.</summary>
internal static class ModelRepository
{
    public const string ModelEntry = "Model.key";

    public static string Combine(string directory, string name)
        => string.IsNullOrEmpty(directory) ? name : $"{directory}/{name}";
}

/// <summary>Writes entries; several may be open at a time.</summary>
internal sealed class RepositoryWriter(Stream stream) : IDisposable
{
    private readonly ZipArchive _archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);

    public void Add(string directory, string name, Stream content)
    {
        using var entry = _archive.CreateEntry(ModelRepository.Combine(directory, name)).Open();
        content.Position = 0;
        content.CopyTo(entry);
    }

    public void Dispose() => _archive.Dispose();
}

/// <summary>Reads entries; a backslash in a name stands for a slash.</summary>
internal sealed class RepositoryReader : IDisposable
{
    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.OrdinalIgnoreCase);

    public RepositoryReader(Stream stream)
    {
        _archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in _archive.Entries)
            _entries[entry.FullName.Replace('\\', '/')] = entry;
    }

    /// <summary>The entry's bytes in a seekable stream, or null where there is no such entry.</summary>
    public Stream OpenOrNull(string directory, string name)
    {
        if (!_entries.TryGetValue(ModelRepository.Combine(directory, name).Replace('\\', '/'), out var entry))
            return null;
        var content = new MemoryStream();
        using (var source = entry.Open())
            source.CopyTo(content);
        content.Position = 0;
        return content;
    }

    public void Dispose() => _archive.Dispose();
}
