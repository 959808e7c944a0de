using System.Buffers.Binary;

namespace Microsoft.ML.DeepClustering.Tool.Input.Images;

/// <summary>A file in IDX format, the one of MNIST: bytes with one to four sizes.</summary>
/// <param name="Sizes">The number of items, and the sizes of one.</param>
/// <param name="Values">All values, the last size running fastest.</param>
internal sealed record IdxFile(int[] Sizes, ArraySegment<byte> Values)
{
    /// <summary>The code of the only type of values that is read.</summary>
    public const byte Bytes = 8;

    public int Count => Sizes[0];

    /// <summary>The values of an item.</summary>
    public int ItemSize => Values.Count / Math.Max(1, Count);

    public static IdxFile Read(string path)
    {
        var content = InputFile.ReadAll(path);
        if (content is not [0, 0, Bytes, >= 1 and <= 4, ..])
            throw new ToolFault($"{path} is not an IDX file of bytes: it starts with {Convert.ToHexString(content.AsSpan(0, Math.Min(4, content.Length)))}, not 00000801 to 00000804.");
        var header = 4 + 4 * content[3];
        if (content.Length < header)
            throw new ToolFault($"{path} is damaged: it has {content.Length} bytes, and its header alone has {header}.");
        var sizes = Enumerable.Range(0, content[3]).Select(i => BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(4 + 4 * i))).ToArray();
        if (sizes.Any(s => s < 0))
            throw new ToolFault($"{path} is damaged: its header has a negative size.");
        var length = sizes.Aggregate((Int128)1, (product, size) => product * size);
        return content.Length - header == length
            ? new(sizes, new(content, header, (int)length))
            : throw new ToolFault($"{path} is damaged: it has {content.Length - header} bytes of values, and its header promises {length}.");
    }
}
