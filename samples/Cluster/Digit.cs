using System.IO.Compression;
using Microsoft.ML.Data;

/// <summary>An image of 8 x 8 pixels and the digit that it shows.</summary>
internal sealed class Digit
{
    [VectorType(64)]
    public float[] Features { get; set; } = [];

    public float Label { get; set; }

    // A line has 64 pixels from 0 to 16 and the digit.
    public static Digit[] ReadAll()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "digits.csv.gz"));
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        var rows = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Array.ConvertAll(line.Split(','), float.Parse));
        return [.. rows.Select(row => new Digit { Features = Array.ConvertAll(row[..64], pixel => pixel / 16), Label = row[64] })];
    }
}
