using System.Text;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Draws the image sheet as one picture, for the file; a page has it as images with their own texts.</summary>
internal static class SheetPicture
{
    private const double LabelHeight = 24;
    private const double Gap = 20;
    private const double Margin = 10;

    // Of the column's heading.
    private const double DecodedWidth = 60;

    /// <summary>How many times larger an image is shown than it is: a whole number, so that all pixels are the same size.</summary>
    public static int Zoom(ImageStrip strip) => Math.Max(1, 56 / strip.Height);

    /// <summary>Draws the sheet.</summary>
    public static Picture Draw(string name, string title, string caption, IReadOnlyList<ClusterStrips> sheet)
    {
        var column = Widest(sheet.SelectMany(images => new[] { images.Nearest, images.Farthest }), 200);
        var decoded = Widest(sheet.Select(images => images.Decoded), 0);
        var left = Margin + (decoded > 0 ? Math.Max(decoded, DecodedWidth) + Gap : 0);
        var body = new StringBuilder();
        var y = Margin + LabelHeight;
        if (decoded > 0)
            body.Append(Svg.Text(Margin, y - 8, "decoded", "m"));
        body.Append(Svg.Text(left, y - 8, "nearest first", "m")).Append(Svg.Text(left + column + Gap, y - 8, "farthest first", "m")).Append('\n');
        foreach (var images in sheet)
        {
            body.Append(Svg.Text(Margin, y + 16, images.Nearest is null ? $"{images.Label}, none to show" : images.Label, most: 80)).Append('\n');
            y += LabelHeight;
            body.Append(Image(images.Decoded, Margin, y)).Append(Image(images.Nearest, left, y)).Append(Image(images.Farthest, left + column + Gap, y));
            y += (images.Nearest ?? images.Decoded) is { } strip ? strip.Height * Zoom(strip) + 10 : 0;
        }

        var text = $"Images by cluster. {string.Join(". ", sheet.Select(images => images.Label))}.";
        return new(name, title, caption, text, left + 2 * column + Gap + Margin, y + Margin, body.ToString());
    }

    private static double Widest(IEnumerable<ImageStrip?> strips, double least)
        => strips.OfType<ImageStrip>().Select(strip => (double)strip.Width * Zoom(strip)).DefaultIfEmpty(least).Max();

    private static string Image(ImageStrip? strip, double x, double y) => strip is null ? "" :
        $"<image x=\"{Svg.Number(x)}\" y=\"{Svg.Number(y)}\" width=\"{strip.Width * Zoom(strip)}\" height=\"{strip.Height * Zoom(strip)}\" href=\"{strip.Address}\"/>\n";
}
