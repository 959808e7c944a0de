using System.IO.Compression;
using Microsoft.ML.Runtime;

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

/// <summary>Reads entries; a backslash in a name stands for a slash. Names are compared only: nothing is written or read by them on the disk.</summary>
internal sealed class RepositoryReader : IDisposable
{
    // No byte of deflated data stands for more.
    private const long LargestExpansion = 1032;

    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.OrdinalIgnoreCase);

    public RepositoryReader(Stream stream)
    {
        try
        {
            _archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            foreach (var entry in _archive.Entries)
                _entries[entry.FullName.Replace('\\', '/')] = entry;
        }
        catch (Exception fault)
        {
            // Where the reader of zips meets damage, its errors are of many kinds.
            throw Contracts.ExceptDecode(null, $"Failed to open a zip archive: {fault.Message}");
        }
    }

    /// <summary>The entry's bytes in a seekable stream, or null where there is no such entry.</summary>
    public Stream OpenOrNull(string directory, string name)
    {
        if (!_entries.TryGetValue(ModelRepository.Combine(directory, name).Replace('\\', '/'), out var entry))
            return null;
        try
        {
            using var source = entry.Open();
            // A forged length must not get memory.
            Contracts.CheckDecode(
                null,
                entry.Length <= Array.MaxLength && entry.Length / LargestExpansion <= entry.CompressedLength,
                $"Corrupt model file: the entry {name} is said to have {entry.Length} bytes, packed into {entry.CompressedLength}.");
            var content = new MemoryStream((int)entry.Length);
            source.CopyTo(content);
            content.Position = 0;
            return content;
        }
        catch (Exception fault) when (fault is not FormatException)
        {
            throw Contracts.ExceptDecode(null, $"Corrupt model file: the entry {name} cannot be read. {fault.Message}");
        }
    }

    public void Dispose() => _archive.Dispose();
}
