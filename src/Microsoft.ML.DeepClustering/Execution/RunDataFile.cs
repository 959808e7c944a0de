using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Execution;

/// <summary>The file of rows that <see cref="RunDataWriter"/> has written, as a worker reads it.</summary>
internal static class RunDataFile
{
    /// <summary>(n, ...) of float, as networks take them.</summary>
    public const string Features = "features";

    /// <summary>(n) of float, 1 in the mean; absent where all rows count alike.</summary>
    public const string Weights = "weights";

    /// <summary>(n) of int, from 0; absent where no classes are compared with.</summary>
    public const string Classes = "classes";

    private const int BlockBytes = 1 << 20;
    private const int LongestHeader = 1 << 20;

    /// <summary>Checks the file's hash and opens it; rows stay on the disk where the storage says so.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sha256">Of the file, in lower-case hexadecimal digits.</param>
    /// <param name="shape">The shape of a sample.</param>
    /// <param name="storage">Where the rows are kept.</param>
    /// <param name="cancellation">Honoured at each block.</param>
    /// <exception cref="InvalidDataException">The file is another one than the run was asked for, or damaged.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static TrainingData Open(string path, string sha256, InputShape shape, FeatureStorage storage, CancellationToken cancellation)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"The data file {path} of the run is not there; give the worker a copy of the batch's file.", path);
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.RandomAccess);
        try
        {
            Check(file, path, sha256, cancellation);
            return Read(file, path, shape, storage, cancellation);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static void Check(SafeFileHandle file, string path, string sha256, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[BlockBytes];
        var position = 0L;
        for (int read; (read = RandomAccess.Read(file, block, position)) > 0; position += read)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(block, 0, read);
        }

        var seen = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (seen != sha256)
            throw Damaged(path, $"its SHA-256 is {seen}, and the run is for data of {sha256}");
    }

    private static TrainingData Read(SafeFileHandle file, string path, InputShape shape, FeatureStorage storage, CancellationToken cancellation)
    {
        var (tensors, start) = ReadHeader(file, path);
        var features = tensors.GetValueOrDefault(Features);
        if (features is not { dtype: "F32", shape: [var count, .. var dimensions], data_offsets: [0, _] } || count < 1 || !dimensions.SequenceEqual(shape.Dimensions))
            throw Damaged(path, $"it has no rows of {shape}");
        var rows = new FileRows(file, start, count, shape);
        var bytes = count * shape.Size * sizeof(float);
        var inMemory = storage == FeatureStorage.Memory || (storage == FeatureStorage.Auto && bytes <= TrainingReader.UsualMemoryLimit);
        TrainingRows kept = inMemory ? new MemoryRows(rows.ReadAll(cancellation)) : rows;
        kept.Weights = tensors.TryGetValue(Weights, out var weights) ? ReadWeights(file, path, start, weights, count) : null;
        var classes = tensors.TryGetValue(Classes, out var entry) ? MemoryMarshal.Cast<byte, int>(ReadColumn(file, path, start, entry, count)).ToArray() : null;
        if (inMemory)
            rows.Dispose();
        return new TrainingData(kept, classes);
    }

    private static (Dictionary<string, TensorEntry> Tensors, long Start) ReadHeader(SafeFileHandle file, string path)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        if (RandomAccess.Read(file, length, 0) < length.Length || BinaryPrimitives.ReadInt64LittleEndian(length) is var size && size is < 2 or > LongestHeader)
            throw Damaged(path, "it is no file of rows");
        var json = new byte[size];
        if (RandomAccess.Read(file, json, sizeof(long)) < size)
            throw Damaged(path, "its header is cut");
        try
        {
            return (EntryJson.Model.Read<Dictionary<string, TensorEntry>>(json), sizeof(long) + size);
        }
        catch (JsonException e)
        {
            throw Damaged(path, $"its header is not the JSON of safetensors ({EntryJson.Explain(e)})");
        }
    }

    // Outside dispose scopes.
    private static Tensor ReadWeights(SafeFileHandle file, string path, long start, TensorEntry entry, long count)
    {
        using var scope = NewDisposeScope();
        var weights = empty(new[] { count }, dtype: ScalarType.Float32, device: CPU);
        weights.bytes = ReadColumn(file, path, start, entry, count);
        return weights.DetachFromDisposeScope();
    }

    // Four bytes for each row.
    private static byte[] ReadColumn(SafeFileHandle file, string path, long start, TensorEntry entry, long count)
    {
        if (entry is not { data_offsets: [var from, var to] } || to - from != count * sizeof(int))
            throw Damaged(path, "it has more or fewer weights or classes than rows");
        var bytes = new byte[to - from];
        StoredRows.Fill(file, bytes, start + from);
        return bytes;
    }

    private static InvalidDataException Damaged(string path, string why)
        => new($"The data file {path} cannot be used: {why}. Give the worker a copy of the batch's file.");
}
