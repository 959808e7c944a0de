using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Tests.Documentation;

/// <summary>A small grey picture of a disc in one of three places: the data of the README's programs.</summary>
internal sealed class Disc
{
    private const int Side = 12;

    /// <summary>The pixels, row by row, from 0 to 1.</summary>
    [VectorType(Side * Side)]
    public float[] Features { get; set; } = [];

    /// <summary>The place, 0 to 2. Nothing is trained on it.</summary>
    public float Label { get; set; }

    /// <summary>The places in turn; each disc is moved a little, and noise lies over all.</summary>
    public static Disc[] Draw(int count)
    {
        (int Row, int Column)[] places = [(4, 3), (4, 8), (8, 6)];
        var random = new Random(count);
        return Enumerable.Range(0, count).Select(i =>
        {
            var (row, column) = (places[i % 3].Row + random.Next(-1, 2), places[i % 3].Column + random.Next(-1, 2));
            var pixels = new float[Side * Side];
            for (var p = 0; p < pixels.Length; p++)
                pixels[p] = (Math.Pow(p / Side - row, 2) + Math.Pow(p % Side - column, 2) < 6 ? 0.7f : 0) + 0.3f * (float)random.NextDouble();
            return new Disc { Features = pixels, Label = i % 3 };
        }).ToArray();
    }
}
