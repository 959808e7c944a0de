using System.Text;

namespace Samples.Reporting;

/// <summary>Draws the image sheet as one picture, for the file; a page has it as images with their own texts.</summary>
internal static class SheetPicture
{
    private const double LabelHeight = 24;
    private const double Gap = 20;
    private const double Margin = 10;

    /// <summary>How many times larger an image is shown than it is: a whole number, so that all pixels are the same size.</summary>
    public static int Zoom(ImageStrip strip) => Math.Max(1, 56 / strip.Height);

    /// <summary>Draws the sheet.</summary>
    public static Picture Draw(string name, string title, string caption, IReadOnlyList<ClusterStrips> sheet)
    {
        var strips = sheet.SelectMany(images => new[] { images.Nearest, images.Farthest }).OfType<ImageStrip>().ToArray();
        var column = strips.Length == 0 ? 200.0 : strips.Max(strip => strip.Width * Zoom(strip));
        var body = new StringBuilder();
        var y = Margin + LabelHeight;
        body.Append(Svg.Text(Margin, y - 8, "nearest first", "m")).Append(Svg.Text(Margin + column + Gap, y - 8, "farthest first", "m")).Append('\n');
        foreach (var images in sheet)
        {
            body.Append(Svg.Text(Margin, y + 16, images.Nearest is null ? $"{images.Label}, none to show" : images.Label, most: 80)).Append('\n');
            y += LabelHeight;
            body.Append(Image(images.Nearest, Margin, y)).Append(Image(images.Farthest, Margin + column + Gap, y));
            y += images.Nearest is { } strip ? strip.Height * Zoom(strip) + 10 : 0;
        }

        var text = $"Images by cluster. {string.Join(". ", sheet.Select(images => images.Label))}.";
        return new(name, title, caption, text, 2 * Margin + 2 * column + Gap, y + Margin, body.ToString());
    }

    private static string Image(ImageStrip? strip, double x, double y) => strip is null ? "" :
        $"<image x=\"{Svg.Number(x)}\" y=\"{Svg.Number(y)}\" width=\"{strip.Width * Zoom(strip)}\" height=\"{strip.Height * Zoom(strip)}\" href=\"{strip.Address}\"/>\n";
}
