using System.Text;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Entries of a legend, in rows under a chart.</summary>
internal static class Legend
{
    private const double RowHeight = 20;
    private const double TextStart = 34;
    private const double Gap = 16;
    private const int MostCharacters = 40;

    /// <summary>Draws the entries in as many rows as they need.</summary>
    /// <param name="entries">The name of each entry, and what draws its sign: from x = 0 to 28 around y = 0, moved to its place.</param>
    /// <param name="left">Where rows start.</param>
    /// <param name="top">Where the first row starts.</param>
    /// <param name="right">Where rows end.</param>
    /// <returns>The elements, and where the last row ends.</returns>
    public static (string Body, double Bottom) Draw(IEnumerable<(string Name, string Sign)> entries, double left, double top, double right)
    {
        var body = new StringBuilder();
        var (x, y) = (left, top + RowHeight / 2);
        foreach (var (name, sign) in entries)
        {
            var width = TextStart + Plain.Width(Plain.Shorten(name, MostCharacters), 13) + Gap;
            if (x > left && x + width > right + Gap)
                (x, y) = (left, y + RowHeight);
            body.Append($"<g transform=\"translate({Svg.Number(x)} {Svg.Number(y)})\">{sign}{Svg.Text(TextStart, 4.5, name, most: MostCharacters)}</g>\n");
            x += width;
        }

        return (body.ToString(), body.Length == 0 ? top : y + RowHeight / 2);
    }
}
