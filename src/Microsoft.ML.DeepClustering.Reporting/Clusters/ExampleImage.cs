namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>An image of a page.</summary>
/// <param name="Address">Its data URI; null where it cannot be shown.</param>
/// <param name="Width">As it is shown, in pixels; null for that of the style sheet.</param>
/// <param name="Height">As it is shown.</param>
/// <param name="Fault">Why it cannot be shown; else empty.</param>
internal sealed record ExampleImage(string? Address, int? Width, int? Height, string Fault = "")
{
    /// <summary>As HTML; the reason in place of an image that cannot be shown.</summary>
    /// <param name="text">What it shows, not escaped.</param>
    public string ToHtml(string text)
    {
        if (Address is null)
            return $"<em class=\"muted\">{Plain.Escape(Fault)}</em>";
        var size = Width is { } width && Height is { } height ? $" width=\"{width}\" height=\"{height}\"" : " class=\"file\"";
        return $"<img alt=\"{Plain.Escape(text)}\"{size} src=\"{Address}\"/>";
    }
}
