using System.Globalization;
using System.IO.Compression;

namespace Experiments;

/// <summary>Rows as text, gzipped or not: "class value value ..." a line; a first line "# 3 128 128" gives channels, height and width of images with pixels in [-1, 1].</summary>
internal static class TextRows
{
    // ML.NET has them as float, which has each whole number up to here.
    private const int MaximumClass = 1 << 24;

    /// <exception cref="InvalidDataException">The text is faulty; the message names the line.</exception>
    public static LabelledRows Read(string path)
    {
        int[]? shape = null;
        var (features, labels) = (new List<float[]>(), new List<int>());
        foreach (var (index, text) in Lines(path).Index())
        {
            var line = index + 1;
            var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
                continue;
            if (words[0] == "#")
            {
                if (shape is not null || labels.Count > 0)
                    throw new InvalidDataException($"{path}, line {line} begins with #, which only the first line can.");
                shape = Shape(words[1..], path);
                continue;
            }

            labels.Add(Class(words[0], path, line));
            features.Add(Array.ConvertAll(words[1..], w => Number(w, path, line)));
            var size = shape?.Aggregate((Int128)1, (a, b) => a * b) ?? features[0].Length;
            if (features[^1].Length != size || size == 0)
                throw new InvalidDataException($"{path}, line {line} has {features[^1].Length} values after the class; {(size == 0 ? "1 or more" : size)} are expected.");
        }

        if (labels.Count == 0)
            throw new InvalidDataException($"{path} has no rows; each line must be a class and values, separated by blanks.");
        return new(shape ?? [features[0].Length], [.. features], [.. labels]);
    }

    /// <summary>The lines of a text, gzipped or not.</summary>
    /// <exception cref="InvalidDataException">It cannot be decompressed.</exception>
    public static IEnumerable<string> Lines(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        while (Next() is { } line)
            yield return line;

        string? Next()
        {
            try
            {
                return reader.ReadLine();
            }
            catch (InvalidDataException e)
            {
                throw new InvalidDataException($"{path} cannot be decompressed: {e.Message}", e);
            }
        }
    }

    /// <summary>A finite number.</summary>
    public static float Number(string text, string path, int line) => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number)
        ? number
        : throw new InvalidDataException($"{path}, line {line} has '{text}', which is no finite number.");

    // Programs that know numbers of one kind alone write 3.0 for 3.
    private static int Class(string text, string path, int line)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsInteger(number) && Math.Abs(number) <= MaximumClass
            ? (int)number
            : throw new InvalidDataException($"{path}, line {line} has the class '{text}'; it must be a whole number from {-MaximumClass} to {MaximumClass}.");

    private static int[] Shape(string[] words, string path)
    {
        var sizes = Array.ConvertAll(words, w => int.TryParse(w, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0);
        return sizes.Length == 3 && sizes.All(s => s >= 1)
            ? sizes
            : throw new InvalidDataException($"{path} begins with '# {string.Join(' ', words)}'; that line must be # and the channels, height and width of the images, each 1 or more, and is left out for flat rows.");
    }
}
