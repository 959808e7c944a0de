using System.Globalization;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>The colours, light and dark. The series' colours stay apart for eyes that tell few colours apart, and markers and dashes repeat what they say.</summary>
internal static class Theme
{
    /// <summary>How many colours of series there are; the names are s0, s1 ...</summary>
    public const int SeriesColours = 10;

    /// <summary>How many steps of the heat map's colour there are above 0.</summary>
    public const int HeatSteps = 10;

    /// <summary>Each colour by its name: #rrggbb on a light and on a dark page.</summary>
    public static IReadOnlyDictionary<string, (string Light, string Dark)> Colours { get; } = new Dictionary<string, (string, string)>
    {
        ["bg"] = ("#ffffff", "#14171c"),
        ["panel"] = ("#f4f6f8", "#1d222a"),
        ["text"] = ("#1b1f24", "#e8ebf0"),
        ["muted"] = ("#535c66", "#aab3bf"),
        ["grid"] = ("#d9dee4", "#38404b"),
        ["link"] = ("#0b57a4", "#82bdff"),
        ["heat"] = ("#0b4f8a", "#7cc0ff"),
        ["s0"] = ("#0067b1", "#5cb3ff"),
        ["s1"] = ("#c44601", "#ff8f57"),
        ["s2"] = ("#00795a", "#2fd0a5"),
        ["s3"] = ("#a83c80", "#f08cc8"),
        ["s4"] = ("#806600", "#e5c33a"),
        ["s5"] = ("#2b7fb0", "#9ad7f5"),
        ["s6"] = ("#5a5f66", "#c3c8cf"),
        ["s7"] = ("#5b45b0", "#b3a2ff"),
        ["s8"] = ("#8a4b2a", "#d9a17c"),
        ["s9"] = ("#b3123f", "#ff7d93"),
    };

    /// <summary>Whether black is read better than white on a step of the heat map.</summary>
    public static bool BlackOnHeat(int step, bool dark)
    {
        var (heat, ground) = (Pick("heat", dark), Pick("bg", dark));
        var share = (double)step / HeatSteps;
        var luminance = 0.0;
        foreach (var (start, weight) in new[] { (1, 0.2126), (3, 0.7152), (5, 0.0722) })
            luminance += weight * Linear(share * Channel(heat, start) + (1 - share) * Channel(ground, start));
        // WCAG 2: the contrast with black is (L + 0.05) / 0.05, with white 1.05 / (L + 0.05).
        return (luminance + 0.05) * (luminance + 0.05) > 1.05 * 0.05;
    }

    public static string Pick(string name, bool dark) => dark ? Colours[name].Dark : Colours[name].Light;

    private static double Channel(string colour, int start) => int.Parse(colour.AsSpan(start, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;

    private static double Linear(double channel) => channel <= 0.04045 ? channel / 12.92 : Math.Pow((channel + 0.055) / 1.055, 2.4);
}
