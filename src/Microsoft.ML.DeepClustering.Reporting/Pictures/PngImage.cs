using System.Buffers.Binary;
using System.IO.Compression;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Writes PNG files of 8 bits a channel (W3C, <i>Portable Network Graphics</i>, third edition).</summary>
internal static class PngImage
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The bytes of a file.</summary>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="width">Columns, 1 or more.</param>
    /// <param name="channels">1 for grey, 3 for red, green, blue.</param>
    /// <param name="pixels">height x width x channels values, row by row, the channels of a pixel together.</param>
    public static byte[] Encode(int height, int width, int channels, ReadOnlySpan<byte> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        if (channels is not (1 or 3))
            throw new ArgumentOutOfRangeException(nameof(channels), channels, $"An image of {channels} channels cannot be written; give 1 (grey) or 3 (red, green, blue).");
        if (pixels.Length != height * width * channels)
            throw new ArgumentException($"There are {pixels.Length} values for {height} x {width} pixels of {channels} channels; give {height * width * channels}.", nameof(pixels));

        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = (byte)(channels == 1 ? 0 : 2);
        using var file = new MemoryStream();
        file.Write(Signature);
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Compress(height, width * channels, pixels));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Compress(int height, int stride, ReadOnlySpan<byte> pixels)
    {
        using var memory = new MemoryStream();
        using (var zlib = new ZLibStream(memory, CompressionLevel.SmallestSize))
        {
            for (var row = 0; row < height; row++)
            {
                zlib.WriteByte(0); // the filter "none"
                zlib.Write(pixels.Slice(row * stride, stride));
            }
        }

        return memory.ToArray();
    }

    private static void WriteChunk(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Check(Check(uint.MaxValue, type), data));
        file.Write(number);
    }

    // CRC-32 as in Annex D, bit by bit: the images are small.
    private static uint Check(uint check, ReadOnlySpan<byte> data)
    {
        foreach (var value in data)
        {
            check ^= value;
            for (var bit = 0; bit < 8; bit++)
                check = (check & 1) != 0 ? 0xEDB88320 ^ (check >> 1) : check >> 1;
        }

        return check;
    }
}
