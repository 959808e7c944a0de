namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Some images side by side, as a PNG.</summary>
/// <param name="Images">How many there are.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Address">A data URI of the PNG.</param>
/// <param name="Distances">The lowest and the highest distance, in words; empty for what has none.</param>
internal sealed record ImageStrip(int Images, int Height, int Width, string Address, string Distances)
{
    private const int LargestSide = 64;
    private const int Gap = 2;
    private const byte GapValue = 128;

    /// <summary>Puts images side by side; those larger than 64 pixels are made smaller.</summary>
    /// <param name="sheet">The images.</param>
    /// <param name="rows">Which of them, at least one.</param>
    public static ImageStrip Make(ImageSheet sheet, IReadOnlyList<int> rows)
    {
        var (least, most) = (Plain.Number(rows.Min(row => sheet.Distances[row])), Plain.Number(rows.Max(row => sheet.Distances[row])));
        return Draw(sheet, rows.Select(row => sheet.Pixels[row]).ToArray(), least == most ? least : $"{least} to {most}");
    }

    /// <summary>The image that stands for a cluster; null where the sheet has none.</summary>
    public static ImageStrip? OfCluster(ImageSheet sheet, int cluster)
        => cluster <= sheet.Decoded.Count ? Draw(sheet, [sheet.Decoded[cluster - 1]], "") : null;

    private static ImageStrip Draw(ImageSheet sheet, float[][] images, string distances)
    {
        var factor = (Math.Max(sheet.Height, sheet.Width) + LargestSide - 1) / LargestSide;
        var (height, width) = (Math.Max(1, sheet.Height / factor), Math.Max(1, sheet.Width / factor));
        var total = images.Length * (width + Gap) - Gap;
        var pixels = new byte[height * total * sheet.Channels];
        Array.Fill(pixels, GapValue);
        for (var i = 0; i < images.Length; i++)
        {
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    for (var channel = 0; channel < sheet.Channels; channel++)
                        pixels[(y * total + i * (width + Gap) + x) * sheet.Channels + channel] = Value(sheet, images[i], channel, y * factor, x * factor, factor);
                }
            }
        }

        var address = "data:image/png;base64," + Convert.ToBase64String(PngImage.Encode(height, total, sheet.Channels, pixels));
        return new(images.Length, height, total, address, distances);
    }

    // The mean of a square of pixels, from Low..High to 0..255; what is no number is black.
    private static byte Value(ImageSheet sheet, float[] image, int channel, int top, int left, int side)
    {
        var (sum, count) = (0.0, 0);
        for (var y = top; y < Math.Min(top + side, sheet.Height); y++)
        {
            for (var x = left; x < Math.Min(left + side, sheet.Width); x++, count++)
                sum += image[(channel * sheet.Height + y) * sheet.Width + x];
        }

        var share = (sum / count - sheet.Low) / (sheet.High - sheet.Low);
        return (byte)Math.Round(255 * (double.IsNaN(share) ? 0 : Math.Clamp(share, 0, 1)));
    }
}
