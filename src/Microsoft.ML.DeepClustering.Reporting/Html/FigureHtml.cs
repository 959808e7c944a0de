namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Pictures in the page.</summary>
internal static class FigureHtml
{
    // Pictures up to this width shrink with the page; wider ones can be scrolled.
    private const double UsualWidth = 420;

    /// <summary>Pictures beside each other where there is room.</summary>
    public static string Grid(IEnumerable<Picture> pictures) => $"<div class=\"figures\">\n{string.Concat(pictures.Select(Figure))}</div>\n";

    /// <summary>Pictures beside something else, where there is room.</summary>
    public static string Beside(IEnumerable<Picture> pictures, string other) => $"<div class=\"figures\">\n{string.Concat(pictures.Select(Figure))}<div class=\"other\">\n{other}</div>\n</div>\n";

    /// <summary>A title over a figure, and what is to be known about it.</summary>
    public static string Caption(string title, string text)
        => $"<figcaption><strong>{Plain.Escape(title)}</strong>{Plain.Escape(text)}</figcaption>";

    private static string Figure(Picture picture)
    {
        var svg = picture.ToSvg();
        if (picture.Width > UsualWidth)
            svg = Scroll(picture.ToSvg($" style=\"min-width:{Svg.Number(picture.Width)}px;max-width:{Svg.Number(1.4 * picture.Width)}px\""), picture.Title);
        return $"<figure>\n{Caption(picture.Title, picture.Caption)}\n{svg}\n</figure>\n";
    }

    /// <summary>Something wide, in a frame that scrolls, by keyboard too.</summary>
    public static string Scroll(string content, string label)
        => $"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{Plain.Escape(label)}\">\n{content}\n</div>";
}
