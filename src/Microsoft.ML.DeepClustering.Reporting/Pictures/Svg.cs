using static System.FormattableString;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Elements of SVG. Texts are escaped here; coordinates have one digit behind the point.</summary>
internal static class Svg
{
    /// <summary>A coordinate.</summary>
    public static string Number(double value)
    {
        var text = Invariant($"{value:0.#}");
        return text == "-0" ? "0" : text;
    }

    public static string Line(double x1, double y1, double x2, double y2, string style)
        => Invariant($"<line class=\"{style}\" x1=\"{Number(x1)}\" y1=\"{Number(y1)}\" x2=\"{Number(x2)}\" y2=\"{Number(y2)}\"/>");

    public static string Rectangle(double x, double y, double width, double height, string style, string title = "")
        => Titled("rect", $"class=\"{style}\" x=\"{Number(x)}\" y=\"{Number(y)}\" width=\"{Number(width)}\" height=\"{Number(height)}\"", title);

    public static string Path(string data, string style, string title = "") => Titled("path", $"class=\"{style}\" d=\"{data}\"", title);

    /// <summary>A text; longer ones than so many characters are cut and show in full where the pointer rests.</summary>
    public static string Text(double x, double y, string text, string style = "", int most = int.MaxValue)
    {
        var shown = Plain.Shorten(text, most);
        var title = shown == text ? "" : $"<title>{Plain.Escape(text)}</title>";
        return $"<text{(style == "" ? "" : $" class=\"{style}\"")} x=\"{Number(x)}\" y=\"{Number(y)}\">{Plain.Escape(shown)}{title}</text>";
    }

    /// <summary>A text that is read from below, around its middle.</summary>
    public static string UprightText(double x, double y, string text, int most)
        => $"<text class=\"m mid\" transform=\"translate({Number(x)} {Number(y)}) rotate(-90)\">{Plain.Escape(Plain.Shorten(text, most))}</text>";

    private static string Titled(string element, string attributes, string title)
        => title == "" ? $"<{element} {attributes}/>" : $"<{element} {attributes}><title>{Plain.Escape(title)}</title></{element}>";
}
