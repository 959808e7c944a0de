using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;

namespace Samples;

/// <summary>Grey images with labels, pixels scaled to [-1, 1].</summary>
/// <param name="Height">Rows, in pixels.</param>
/// <param name="Width">Columns, in pixels.</param>
/// <param name="Pixels">One array an image, row by row.</param>
/// <param name="Labels">The class of each image, from 0.</param>
public sealed record ImageSet(int Height, int Width, float[][] Pixels, int[] Labels)
{
    /// <summary>The first images.</summary>
    public ImageSet Take(int count) => this with { Pixels = Pixels.Take(count).ToArray(), Labels = Labels.Take(count).ToArray() };
}

/// <summary>Reads image files in IDX format and USPS text, gzipped or plain.</summary>
public static class ImageFiles
{
    private const int ImageMagic = 0x00000803;
    private const int LabelMagic = 0x00000801;
    private const int UspsSide = 16;

    /// <summary>The two files of an IDX set, such as MNIST's or Fashion-MNIST's.</summary>
    public static ImageSet ReadIdx(string imagePath, string labelPath)
    {
        byte[] images = ReadAll(imagePath), labels = ReadAll(labelPath);
        CheckKind(images, ImageMagic, imagePath);
        CheckKind(labels, LabelMagic, labelPath);
        var (count, height, width) = (Number(images, 1, imagePath), Number(images, 2, imagePath), Number(images, 3, imagePath));
        CheckLength(images, 16 + (long)count * height * width, imagePath);
        CheckLength(labels, 8 + (long)Number(labels, 1, labelPath), labelPath);
        if (Number(labels, 1, labelPath) != count)
            throw new InvalidDataException($"{imagePath} has {count} images, but {labelPath} has {Number(labels, 1, labelPath)} labels.");
        var size = height * width;
        var pixels = new float[count][];
        for (var i = 0; i < count; i++)
            pixels[i] = Array.ConvertAll(images[(16 + i * size)..(16 + (i + 1) * size)], p => p / 127.5f - 1);
        return new(height, width, pixels, Array.ConvertAll(labels[8..], l => (int)l));
    }

    /// <summary>Files of USPS text: a row has a label and 256 values in [-1, 1].</summary>
    public static ImageSet ReadUsps(params string[] paths)
    {
        var pixels = new List<float[]>();
        var labels = new List<int>();
        foreach (var path in paths)
        {
            using var reader = new StreamReader(new MemoryStream(ReadAll(path)));
            for (var line = 1; reader.ReadLine() is { } text; line++)
            {
                var values = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (values.Length == 0)
                    continue;
                if (values.Length != 1 + UspsSide * UspsSide)
                    throw new InvalidDataException($"{path}, line {line} has {values.Length} values; USPS text has 257.");
                var numbers = Array.ConvertAll(values, v => float.TryParse(v, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : throw new InvalidDataException($"{path}, line {line} has '{v}', which is no number."));
                labels.Add((int)numbers[0]);
                pixels.Add(numbers[1..]);
            }
        }

        return new(UspsSide, UspsSide, pixels.ToArray(), labels.ToArray());
    }

    private static byte[] ReadAll(string path)
    {
        if (!path.EndsWith(".gz", StringComparison.Ordinal))
            return File.ReadAllBytes(path);
        try
        {
            using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            return memory.ToArray();
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path} cannot be decompressed: {e.Message}", e);
        }
    }

    private static int Number(byte[] file, int index, string path) => file.Length >= 4 * index + 4
        ? BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(4 * index))
        : throw new InvalidDataException($"{path} has {file.Length} bytes, too few for an IDX file.");

    private static void CheckKind(byte[] file, int magic, string path)
    {
        if (Number(file, 0, path) != magic)
            throw new InvalidDataException($"{path} is not an IDX file of the expected kind: it starts with {Number(file, 0, path):x8}, not {magic:x8}.");
    }

    private static void CheckLength(byte[] file, long length, string path)
    {
        if (file.Length != length)
            throw new InvalidDataException($"{path} is damaged: it has {file.Length} bytes, but its header promises {length}.");
    }
}
