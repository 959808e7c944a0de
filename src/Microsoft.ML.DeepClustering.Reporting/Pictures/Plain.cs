using System.Globalization;
using System.Text;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Texts and numbers as a report writes them: escaped, and the same in every culture.</summary>
internal static class Plain
{
    private const string Replacement = "\uFFFD";

    /// <summary>
    /// A text for XML and HTML, in an element or in a quoted attribute. Line breaks and tabs become spaces; characters that XML forbids and those
    /// that turn the direction of the text around them are replaced.
    /// </summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            escaped.Append(rune.Value switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                '\t' or '\n' or '\r' => " ",
                < 0x20 or (>= 0x7F and < 0xA0) => Replacement,
                (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) => Replacement,
                0xFFFE or 0xFFFF => Replacement,
                _ => rune.ToString(),
            });
        }

        return escaped.ToString();
    }

    /// <summary>The beginning of a text that is longer than so many characters.</summary>
    public static string Shorten(string text, int characters)
    {
        var elements = new StringInfo(text);
        return elements.LengthInTextElements <= characters ? text : elements.SubstringByTextElements(0, characters - 1) + "…";
    }

    /// <summary>About how wide a text is, in pixels, in a sans-serif font.</summary>
    public static double Width(string text, double fontSize)
        => fontSize * text.EnumerateRunes().Sum(rune => rune.Value >= 0x1100 ? 1.0 : 0.58);

    /// <summary>Some four digits; "no value" unless finite.</summary>
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
            return "no value";
        var size = Math.Abs(value);
        if (size is not 0 and (< 1e-4 or >= 1e6))
            return value.ToString("0.###e0", CultureInfo.InvariantCulture);
        var decimals = size == 0 ? 0 : Math.Clamp(3 - (int)Math.Floor(Math.Log10(size)), 0, 7);
        return value.ToString("0." + new string('#', decimals), CultureInfo.InvariantCulture);
    }

    /// <summary>A whole number with its thousands parted.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share in percent with one digit, without the sign; a dash unless finite.</summary>
    public static string Percent(double share) => double.IsFinite(share) ? (100 * share).ToString("0.0", CultureInfo.InvariantCulture) : "–";
}
