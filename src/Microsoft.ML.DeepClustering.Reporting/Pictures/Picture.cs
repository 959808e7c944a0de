namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>A drawn picture.</summary>
/// <param name="Name">Of letters, digits and hyphens, its own in the report: its file name and the start of its ids.</param>
/// <param name="Title">The title, not escaped.</param>
/// <param name="Caption">What a reader needs to know besides the title, not escaped; may be empty.</param>
/// <param name="Description">What there is to see, in words, not escaped.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Body">The elements of the SVG.</param>
internal sealed record Picture(string Name, string Title, string Caption, string Description, double Width, double Height, string Body)
{
    /// <summary>The SVG element, for a page that has the styles of <see cref="ChartStyle"/>.</summary>
    /// <param name="attributes">More attributes of the element.</param>
    /// <param name="before">Elements before the picture's own.</param>
    public string ToSvg(string attributes = "", string before = "")
        => $"""
            <svg class="chart" role="img" aria-labelledby="{Name}-title {Name}-desc" viewBox="0 0 {Svg.Number(Width)} {Svg.Number(Height)}"{attributes}>
            <title id="{Name}-title">{Plain.Escape(Title)}</title><desc id="{Name}-desc">{Plain.Escape(Description)}</desc>
            {before}{Body}
            </svg>
            """;
}
