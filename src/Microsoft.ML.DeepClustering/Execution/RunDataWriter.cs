using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Persistence;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Execution;

/// <summary>Writes the rows that runs elsewhere train on, with their weights and classes, to a file in the safetensors format.</summary>
internal sealed class RunDataWriter
{
    // Values written at a time; 16 MiB.
    private const long ValuesPerBlock = 4 << 20;

    private readonly FileStream _file;
    private readonly IncrementalHash _hash;

    private RunDataWriter(FileStream file, IncrementalHash hash) => (_file, _hash) = (file, hash);

    /// <summary>Writes the file -> its SHA-256 in lower-case hexadecimal digits.</summary>
    /// <param name="path">A file that is not there.</param>
    /// <param name="features">On the CPU.</param>
    /// <param name="shape">The shape of a sample.</param>
    /// <param name="classes">Of each row, or null.</param>
    /// <param name="cancellation">Honoured at each block of rows.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static string Write(string path, TrainingRows features, InputShape shape, IReadOnlyList<int>? classes, CancellationToken cancellation)
    {
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var writer = new RunDataWriter(file, hash);
            writer.WriteHeader(features, shape, classes);
            writer.WriteRows(features, shape, cancellation);
            if (features.Weights is { } weights)
                writer.Append(weights.bytes);
            if (classes is not null)
                writer.Append(MemoryMarshal.AsBytes<int>(classes.ToArray()));
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The rows for the runs could not be written to {path} ({e.Message.TrimEnd('.')}); make room there, or name another folder with TMPDIR or TEMP.", e);
        }
    }

    private void WriteHeader(TrainingRows features, InputShape shape, IReadOnlyList<int>? classes)
    {
        var end = features.Count * shape.Size * sizeof(float);
        var header = new SortedDictionary<string, TensorEntry>(StringComparer.Ordinal)
        {
            [RunDataFile.Features] = new("F32", [features.Count, .. shape.Dimensions], [0, end]),
        };
        if (features.Weights is not null)
            header[RunDataFile.Weights] = new("F32", [features.Count], [end, end += features.Count * sizeof(float)]);
        if (classes is not null)
            header[RunDataFile.Classes] = new("I32", [features.Count], [end, end + features.Count * sizeof(int)]);
        Append(SafeTensors.Header(header));
    }

    private void WriteRows(TrainingRows features, InputShape shape, CancellationToken cancellation)
    {
        var rowsPerBlock = Math.Max(1, ValuesPerBlock / shape.Size);
        for (var start = 0L; start < features.Count; start += rowsPerBlock)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            Append(features.Range(start, Math.Min(rowsPerBlock, features.Count - start)).contiguous().bytes);
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        _file.Write(bytes);
    }
}
