using System.Buffers.Binary;
using System.Text.Json;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Persistence;

/// <summary>
/// The safetensors format: 8 bytes of little-endian header length, a JSON header of names, types, shapes and offsets, raw little-endian values.
/// </summary>
internal static class SafeTensors
{
    private const int LengthSize = 8;
    private const string Metadata = "__metadata__";
    private const int MaxDimensions = 16;

    private static readonly (ScalarType Type, string Name, int Size)[] Types =
    [
        (ScalarType.Float32, "F32", 4), (ScalarType.Float64, "F64", 8), (ScalarType.Int64, "I64", 8), (ScalarType.Int32, "I32", 4),
        (ScalarType.Byte, "U8", 1),
    ];

    /// <summary>The content of a file of these tensors.</summary>
    /// <exception cref="InvalidOperationException">A tensor has been freed.</exception>
    public static byte[] Write(IReadOnlyDictionary<string, Tensor> tensors)
    {
        ThrowIfFreed([.. tensors.Where(t => t.Value.IsInvalid).Select(t => t.Key)], tensors.Count);
        using var scope = NewDisposeScope();
        var header = new SortedDictionary<string, TensorEntry>(StringComparer.Ordinal);
        var contents = new List<Tensor>();
        var offset = 0L;
        foreach (var (name, tensor) in tensors.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            var type = Types.First(t => t.Type == tensor.dtype);
            var end = offset + tensor.numel() * type.Size;
            header[name] = new(type.Name, tensor.shape, [offset, end]);
            contents.Add(tensor.detach().cpu().contiguous());
            offset = end;
        }

        var beginning = Header(header);
        if (beginning.Length + offset > Array.MaxLength)
            throw new IOException($"The tensors take {offset} bytes, and a file of them holds at most {Array.MaxLength - beginning.Length}.");
        var file = new byte[beginning.Length + offset];
        beginning.CopyTo(file, 0);
        var position = beginning.Length;
        foreach (var content in contents)
        {
            if (content.numel() > 0)
                content.bytes.CopyTo(file.AsSpan(position));
            position += checked((int)(content.numel() * content.ElementSize));
        }

        return file;
    }

    /// <summary>What a file has before its values: its length, the entries by name, and blanks, so that values begin at a multiple of eight bytes.</summary>
    public static byte[] Header(SortedDictionary<string, TensorEntry> entries)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(entries, EntryJsonContext.Default.SortedDictionaryStringTensorEntry);
        var padded = (json.Length + 7) / 8 * 8;
        var header = new byte[LengthSize + padded];
        BinaryPrimitives.WriteInt64LittleEndian(header, padded);
        json.CopyTo(header, LengthSize);
        header.AsSpan(LengthSize + json.Length).Fill((byte)' ');
        return header;
    }

    /// <summary>Checks every length, type, shape and offset against the content before any tensor is made.</summary>
    public static IReadOnlyDictionary<string, StoredTensor> Read(byte[] file, string entry)
    {
        if (file.Length < LengthSize)
            throw ModelFile.Damaged(entry, $"it has {file.Length} bytes, fewer than the {LengthSize} of its length");
        var headerLength = BinaryPrimitives.ReadInt64LittleEndian(file);
        if (headerLength < 2 || headerLength > file.Length - LengthSize)
            throw ModelFile.Damaged(entry, $"its header is said to have {headerLength} bytes, and {file.Length - LengthSize} follow");
        var values = file.AsMemory(LengthSize + (int)headerLength);
        var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        var end = 0L;
        // By their ends too: a tensor without values starts where the next one does.
        foreach (var (name, value) in Header(file.AsSpan(LengthSize, (int)headerLength), entry)
            .OrderBy(t => t.Value.data_offsets is { Length: 2 } o ? (o[0], o[1]) : (-1, -1)))
        {
            tensors[name] = Check(name, value, values, end, entry);
            end = value.data_offsets![1];
        }

        if (end != values.Length)
            throw ModelFile.Damaged(entry, $"its tensors end at byte {end} of {values.Length}");
        return tensors;
    }

    /// <summary>Copies stored values into tensors of the same names, types and shapes. An error changes none of them.</summary>
    public static void CopyTo(IReadOnlyDictionary<string, StoredTensor> stored, IReadOnlyDictionary<string, Tensor> tensors, string entry)
    {
        if (stored.Keys.Except(tensors.Keys).Concat(tensors.Keys.Except(stored.Keys)).FirstOrDefault() is { } odd)
            throw ModelFile.Damaged(entry, tensors.ContainsKey(odd) ? $"tensor {odd} is missing" : $"tensor {Shown(odd)} does not belong to the model");
        // All of them before the first is changed.
        foreach (var (name, tensor) in tensors)
        {
            var source = stored[name];
            if (source.Type != tensor.dtype || !source.Shape.SequenceEqual(tensor.shape))
                throw ModelFile.Damaged(entry, $"tensor {name} is {source.Type} of shape ({string.Join(", ", source.Shape)}), and the model's is {tensor.dtype} of shape ({string.Join(", ", tensor.shape)})");
        }

        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, tensor) in tensors)
            tensor.copy_(stored[name].ToTensor());
    }

    /// <summary>Throws for tensors that the calling program has freed, by Dispose or by a dispose scope.</summary>
    /// <param name="freed">Their names.</param>
    /// <param name="count">Of all tensors.</param>
    public static void ThrowIfFreed(IReadOnlyCollection<string> freed, int count)
    {
        if (freed.Count > 0)
            throw new InvalidOperationException($"{freed.Count} of {count} tensors, {freed.Min(StringComparer.Ordinal)} first, have been freed outside the library, so they cannot be saved; train or load the model again, and keep its tensors out of TorchSharp's dispose scopes and Dispose.");
    }

    private static Dictionary<string, TensorEntry> Header(ReadOnlySpan<byte> json, string entry)
    {
        try
        {
            var header = EntryJson.Model.Read<Dictionary<string, TensorEntry>>(json);
            header.Remove(Metadata);
            return header.FirstOrDefault(t => t.Value is null) is { Key: { } name } ? throw new JsonException($"tensor {Shown(name)} is null") : header;
        }
        catch (JsonException e)
        {
            throw ModelFile.Damaged(entry, $"its header is not the JSON of safetensors ({EntryJson.Explain(e)})");
        }
    }

    private static StoredTensor Check(string name, TensorEntry value, ReadOnlyMemory<byte> values, long start, string entry)
    {
        name = Shown(name);
        var type = Types.FirstOrDefault(t => t.Name == value.dtype);
        if (type.Name is null)
            throw ModelFile.Damaged(entry, $"tensor {name} has type '{Shown(value.dtype ?? "null")}', not one of {string.Join(", ", Types.Select(t => t.Name))}");
        if (value.data_offsets is not { Length: 2 } offsets || offsets[0] != start || offsets[1] < start || offsets[1] > values.Length)
            throw ModelFile.Damaged(entry, $"tensor {name} does not lie within the {values.Length} bytes of values right after the one before it");
        if (value.shape is { Length: > MaxDimensions })
            throw ModelFile.Damaged(entry, $"tensor {name} has {value.shape.Length} dimensions, more than {MaxDimensions}");
        // No size may make the product overflow before it is compared.
        var elements = 1L;
        foreach (var size in value.shape ?? throw ModelFile.Damaged(entry, $"tensor {name} has no shape"))
        {
            if (size < 0 || (size > 0 && elements > values.Length / size))
                throw ModelFile.Damaged(entry, $"tensor {name} has shape ({string.Join(", ", value.shape)}), more than the file holds");
            elements *= size;
        }

        if (elements * type.Size != offsets[1] - offsets[0])
            throw ModelFile.Damaged(entry, $"tensor {name} has {elements} values in {offsets[1] - offsets[0]} bytes");
        return new(type.Type, value.shape, elements, values.Slice((int)offsets[0], (int)(offsets[1] - offsets[0])));
    }

    // Names and types may be a stranger's.
    private static string Shown(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
