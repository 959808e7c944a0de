using System.Security.Cryptography;
using System.Text.Json;

namespace Microsoft.ML.DeepClustering.Persistence;

/// <summary>
/// The entry of the SHA-256 of each JSON entry. A flipped bit may leave JSON that can be read, with other options; here it is noticed. It guards
/// against damage, not against forgers. Models of version 0.1.0 have no such entry.
/// </summary>
internal static class ChecksumsEntry
{
    public const string Name = "Checksums.json";

    /// <summary>The checksums of these entries, by their names.</summary>
    public static byte[] Write(IEnumerable<(string Name, byte[] Content)> entries)
        => EntryJson.Model.Write(new SortedDictionary<string, string>(entries.ToDictionary(e => e.Name, e => Compute(e.Content)), StringComparer.Ordinal));

    /// <summary>Throws when an entry is not the one that was saved.</summary>
    /// <param name="content">This entry's own content.</param>
    /// <param name="entries">All entries that it must have checksums of.</param>
    /// <exception cref="InvalidDataException">A checksum is missing or another one; the sentence names the entry.</exception>
    public static void Check(byte[] content, IEnumerable<(string Name, byte[] Content)> entries)
    {
        var checksums = Read(content);
        foreach (var (name, entry) in entries)
        {
            if (!checksums.TryGetValue(name, out var checksum))
                throw ModelFile.Damaged(Name, $"it has no SHA-256 of {name}");
            if (checksum != Compute(entry))
                throw ModelFile.Damaged(name, $"its SHA-256 is not the one in {Name}");
        }
    }

    /// <summary>The SHA-256 of an entry as 64 hexadecimal digits in capitals.</summary>
    public static string Compute(byte[] content) => Convert.ToHexString(SHA256.HashData(content));

    private static SortedDictionary<string, string> Read(byte[] content)
    {
        try
        {
            return EntryJson.Model.Read<SortedDictionary<string, string>>(content);
        }
        catch (JsonException e)
        {
            throw ModelFile.Damaged(Name, EntryJson.Explain(e));
        }
    }
}
