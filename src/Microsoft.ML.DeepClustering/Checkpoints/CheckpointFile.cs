using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.ML.DeepClustering.Persistence;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Checkpoints;

/// <summary>
/// The file of a checkpoint: an uncompressed zip of the tensors as safetensors, the rest as JSON, and the SHA-256 of that JSON, which files of
/// version 0.1.0 lack.
/// </summary>
internal static class CheckpointFile
{
    /// <summary>The version of the layout: it is written, and no newer one is read.</summary>
    public const int Format = 1;

    private const string HeaderEntry = "Checkpoint.json";
    private const string HeaderHashEntry = "Checkpoint.sha256";

    private static readonly EntryJson Json = new(CheckpointJsonContext.Default);

    /// <summary>Replaces the file when all is written and on the disk; until then the old one stays.</summary>
    public static void Write(string path, CheckpointHeader header, IReadOnlyDictionary<string, Tensor> tensors)
    {
        // All that can fail but the disk comes before the file.
        var content = SafeTensors.Write(tensors);
        var json = Json.Write(header with { TensorsSha256 = Hash(content) });
        AtomicFile.Write(path, stream =>
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            WriteEntry(zip, Checkpoint.TensorsEntry, content);
            WriteEntry(zip, HeaderEntry, json);
            WriteEntry(zip, HeaderHashEntry, Encoding.ASCII.GetBytes(Hash(json)));
        });
    }

    /// <summary>Reads and checks the whole file.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of a newer version.</exception>
    /// <exception cref="IOException">It cannot be read, or is a device or a pipe.</exception>
    public static Checkpoint Read(string path)
    {
        using var zip = Open(path);
        var json = Entry(zip, HeaderEntry);
        if (zip.GetEntry(HeaderHashEntry) is not null && Encoding.ASCII.GetString(Entry(zip, HeaderHashEntry)) != Hash(json))
            throw new InvalidDataException($"The SHA-256 of its {HeaderEntry} is not the one in {HeaderHashEntry}.");
        var header = Parse(json);
        var content = Entry(zip, Checkpoint.TensorsEntry);
        if (Hash(content) != header.TensorsSha256)
            throw new InvalidDataException($"The SHA-256 of its {Checkpoint.TensorsEntry} is not the one in {HeaderEntry}.");
        return new(path, header, SafeTensors.Read(content, Checkpoint.TensorsEntry));
    }

    private static CheckpointHeader Parse(byte[] content)
    {
        try
        {
            var header = Json.Read<CheckpointHeader>(content);
            if (header.Format > Format)
                throw new InvalidDataException($"It has format {header.Format}, and this version of Microsoft.ML.DeepClustering reads up to {Format}.");
            if (!HasWholeParts(header))
                throw new InvalidDataException($"Its {HeaderEntry} lacks a part.");
            return header;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"Its {HeaderEntry} cannot be read: {EntryJson.Explain(e)}.", e);
        }
    }

    // The reader of JSON refuses null for a value that may not be null, but not for an item of a list.
    private static bool HasWholeParts(CheckpointHeader header)
        => header.Training.Options.ValueKind == JsonValueKind.Object
            && header.KeptRun >= -1
            && header.AllKept.All(run => run >= 0 && run < header.FinishedRuns.Count)
            && header.AllKept.Distinct().Count() == header.AllKept.Count
            && header.FinishedRuns.All(r => r is { } run && AreWhole(run.Epochs))
            && header.Current is null or { Epoch: > 0, Phase: >= 0, Kept.Epoch: >= 0 }
            && AreWhole(header.Current?.Epochs ?? []);

    private static bool AreWhole(IReadOnlyList<EpochRecord> epochs) => epochs.All(e => e is not null);

    private static ZipArchive Open(string path)
    {
        AtomicFile.RefuseSpecial(path);
        try
        {
            return ZipFile.OpenRead(path);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException("It is not a whole zip file.", e);
        }
    }

    private static byte[] Entry(ZipArchive zip, string name)
    {
        var entry = zip.GetEntry(name) ?? throw new InvalidDataException($"It has no entry {name}.");
        // Opening it finds out that its place is in the file. It is not compressed, so that it is no longer than that place, whatever it says of itself.
        using var stream = entry.Open();
        if (entry.Length <= Math.Min(entry.CompressedLength, Array.MaxLength))
        {
            var content = new byte[entry.Length];
            if (stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) == content.Length && stream.ReadByte() < 0)
                return content;
        }

        throw new InvalidDataException($"Its {name} has another length than is said.");
    }

    private static void WriteEntry(ZipArchive zip, string name, byte[] content)
    {
        using var stream = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        stream.Write(content);
    }

    private static string Hash(byte[] content) => Convert.ToHexString(SHA256.HashData(content));
}
