using System.Buffers.Binary;

namespace Microsoft.ML.DeepClustering.Tool.Input.Images;

/// <summary>Looks for the end of an image by its format: the mark of its end, or the length that its header names.</summary>
internal static class ImageEnd
{
    private const int PngTail = 64;

    /// <summary>Whether the end is where it usually is. A format that is not known passes: the decoder judges it.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="tail">The last KiB.</param>
    /// <param name="length">Of the file.</param>
    public static bool IsThere(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, long length)
    {
        if (IsPng(head))
            return tail[Math.Max(0, tail.Length - PngTail)..].IndexOf("IEND"u8) >= 0;
        if (IsJpeg(head))
            return tail.IndexOf<byte>([0xff, 0xd9]) >= 0;
        if (head.StartsWith("GIF8"u8))
            return tail.TrimEnd((byte)0) is [.., 0x3b];
        if (head.StartsWith("BM"u8) && head.Length >= 6)
            return BinaryPrimitives.ReadUInt32LittleEndian(head[2..]) <= length;
        if (head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..].StartsWith("WEBP"u8))
            return BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) + 8L <= length;
        return true;
    }

    /// <summary>Whether the end is elsewhere: some cameras and programs add data of their own after it.</summary>
    public static bool IsWithin(ReadOnlySpan<byte> head, Func<byte[]> content)
    {
        if (IsPng(head))
            return content().AsSpan().IndexOf("IEND"u8) >= 0;
        return IsJpeg(head) && HasJpegEnd(content());
    }

    private static bool IsPng(ReadOnlySpan<byte> head) => head.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G']);

    private static bool IsJpeg(ReadOnlySpan<byte> head) => head.StartsWith<byte>([0xff, 0xd8]);

    // Steps over the segments, which may hold small images with ends of their own, and over the compressed data between them.
    private static bool HasJpegEnd(ReadOnlySpan<byte> content)
    {
        for (var i = 2; i + 1 < content.Length;)
        {
            var mark = content[i + 1];
            if (content[i] != 0xff || mark is 0 or 1 or 0xff or (>= 0xd0 and <= 0xd7))
                i++;
            else if (mark == 0xd9)
                return true;
            else
                i += i + 3 < content.Length ? 2 + BinaryPrimitives.ReadUInt16BigEndian(content[(i + 2)..]) : 2;
        }

        return false;
    }
}
