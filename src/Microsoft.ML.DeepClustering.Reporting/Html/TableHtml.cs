using System.Globalization;
using System.Text;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>A table of results in the page.</summary>
internal static class TableHtml
{
    private const string LowestLoss = "lowest loss ± bootstrap";

    private static readonly Column[] Columns =
    [
        new("", "Data", row => new(row.Dataset)),
        new("", "Settings", row => new(row.Settings, Style: "wide")),
        new("", "Runs", row => Whole(row.Runs)),
        .. Measured("ACC, %", row => row.Accuracy),
        .. Measured("NMI, %", row => row.NormalizedMutualInformation),
        .. Measured("ARI, %", row => row.AdjustedRandIndex),
        new("Published, %", "ACC", row => Share(row.Published?.Accuracy)),
        new("Published, %", "NMI", row => Share(row.Published?.NormalizedMutualInformation)),
        new("Published, %", "Source", row => new(row.Published?.Source ?? "", Style: "wide")),
        new("Difference, points", "ACC", row => Difference(row, row.Accuracy, row.Published?.Accuracy)),
        new("Difference, points", "NMI", row => Difference(row, row.NormalizedMutualInformation, row.Published?.NormalizedMutualInformation)),
        new("Difference, points", "of", row => new(row.Published is null ? "" : row.Compared == ComparedValue.Mean ? "mean" : "lowest loss")),
        new("R-OFM", "slope", row => Decimal(row.Mismatch?.Slope)),
        new("R-OFM", "R²", row => Decimal(row.Mismatch?.RSquared)),
        new("R-OFM, published", "slope", row => Decimal(row.PublishedMismatch?.Slope)),
        new("R-OFM, published", "R²", row => Decimal(row.PublishedMismatch?.RSquared)),
        new("", "Remark", row => new(row.Remark ?? "", Style: "wide")),
    ];

    /// <summary>The table, in a frame that scrolls.</summary>
    public static string Write(ResultTable table)
    {
        var used = Columns.Where(column => table.Rows.Any(row => column.Cell(row).Text != "")).ToArray();
        var single = table.Rows.All(row => row.Runs == 1);
        var html = new StringBuilder($"<table class=\"sortable\">\n<caption>{Plain.Escape(table.Title)}</caption>\n<thead>\n");
        html.Append("<tr><th scope=\"col\" rowspan=\"2\" data-column=\"0\">Method</th>");
        for (var i = 0; i < used.Length; i++)
        {
            var width = used.Count(column => column.Group == used[i].Group);
            if (used[i].Group == "")
                html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\" rowspan=\"2\" data-column=\"{i + 1}\">{used[i].Title}</th>");
            else if (used[i - 1].Group != used[i].Group)
                html.Append(CultureInfo.InvariantCulture, $"<th scope=\"colgroup\" colspan=\"{width}\">{used[i].Group}</th>");
        }

        html.Append("</tr>\n<tr>");
        for (var i = 0; i < used.Length; i++)
        {
            if (used[i].Group != "")
                html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\" data-column=\"{i + 1}\">{(used[i].Title == LowestLoss && single ? "one run" : used[i].Title)}</th>");
        }

        html.Append("</tr>\n</thead>\n<tbody>\n");
        foreach (var row in table.Rows)
            html.Append($"<tr><th scope=\"row\">{Plain.Escape(row.Label)}</th>{string.Concat(used.Select(column => Data(column.Cell(row))))}</tr>\n");
        html.Append("</tbody>\n</table>");
        return HtmlPage.Paragraph(table.Description) + FigureHtml.Scroll(html.ToString(), table.Title) + "\n";
    }

    private static string Data(Cell cell)
    {
        var style = cell.Style == "" ? "" : $" class=\"{cell.Style}\"";
        var value = cell.Value is { } number ? $" data-value=\"{(double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "")}\"" : "";
        return $"<td{style}{value}>{Plain.Escape(cell.Text)}</td>";
    }

    private static Column[] Measured(string group, Func<ResultRow, MeasureResult?> measure) =>
    [
        new(group, LowestLoss, row => Spread(measure(row)?.LowestLoss, measure(row)?.BootstrapDeviation)),
        new(group, "mean ± deviation", row => Spread(measure(row)?.Mean, measure(row)?.StandardDeviation)),
    ];

    private static Cell Spread(double? share, double? deviation)
    {
        // A mean that nobody has is left out, a value that was measured and is none is said.
        if (share is not { } value || (double.IsNaN(value) && double.IsNaN(deviation ?? double.NaN)))
            return new("", Style: "number");
        return new(Plain.Percent(value) + (deviation is { } d && double.IsFinite(d) ? $" ± {Plain.Percent(d)}" : ""), value, "number");
    }

    private static Cell Share(double? share) => share is { } value ? new(Plain.Percent(value), value, "number") : new("", Style: "number");

    private static Cell Whole(int value) => new(Plain.Count(value), value, "number");

    private static Cell Decimal(double? value)
        => value is { } number ? new(double.IsFinite(number) ? number.ToString("0.00", CultureInfo.InvariantCulture) : "–", number, "number") : new("", Style: "number");

    private static Cell Difference(ResultRow row, MeasureResult? ours, double? published)
    {
        var value = row.Compared == ComparedValue.Mean ? ours?.Mean : ours?.LowestLoss;
        if (value - published is not { } difference || !double.IsFinite(difference))
            return new("", Style: "number");
        return new((100 * difference).ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture), difference, "number");
    }

    private sealed record Column(string Group, string Title, Func<ResultRow, Cell> Cell);

    // Value: what the column is sorted by; null for the text.
    private sealed record Cell(string Text, double? Value = null, string Style = "");
}
