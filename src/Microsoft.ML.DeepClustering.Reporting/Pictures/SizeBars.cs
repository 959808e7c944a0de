using System.Text;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Draws the number of rows in each cluster. Empty and dominant clusters are named as such.</summary>
internal static class SizeBars
{
    private const double ChartWidth = 400;
    private const double RowHeight = 24;
    private const double Top = 8;
    private const double Left = 46;
    private const double Gap = 12;

    /// <summary>Draws the bars.</summary>
    /// <param name="name">As in <see cref="Picture"/>.</param>
    /// <param name="title">The title.</param>
    /// <param name="sizes">The number of rows in each cluster, from cluster 1.</param>
    public static Picture Draw(string name, string title, IReadOnlyList<long> sizes)
    {
        var total = sizes.Sum();
        var longest = Math.Max(1, sizes.DefaultIfEmpty(0).Max());
        var labels = sizes.Select(size => Label(size, total, sizes.Count)).ToArray();
        var room = ChartWidth - Left - 2 * Gap - labels.Select(label => Plain.Width(label, 13)).DefaultIfEmpty(0).Max();
        // Where all clusters have the same size their bars end here.
        var equal = sizes.Count == 0 ? 0 : (double)total / sizes.Count;
        var (body, text) = (new StringBuilder(), new StringBuilder($"Bars: the rows of {sizes.Count} clusters."));
        for (var i = 0; i < sizes.Count; i++)
        {
            var y = Top + RowHeight * i;
            var length = room * sizes[i] / longest;
            body.Append(Svg.Text(Left - 8, y + 16, $"{i + 1}", "end"));
            if (sizes[i] > 0)
                body.Append(Svg.Rectangle(Left, y + 4, length, RowHeight - 8, IsDominant(sizes[i], total, sizes.Count) ? "f1" : "f0", $"cluster {i + 1}: {labels[i]}"));
            body.Append(Svg.Text(Left + room + Gap, y + 16, labels[i])).Append('\n');
            text.Append($" Cluster {i + 1}: {labels[i]}.");
        }

        var bottom = Top + RowHeight * Math.Max(1, sizes.Count);
        if (total > 0)
            body.Append(Svg.Line(Left + room * equal / longest, Top, Left + room * equal / longest, bottom, "reference"));
        body.Append(Svg.Line(Left, Top, Left, bottom, "axis"));
        body.Append(Svg.UprightText(14, (Top + bottom) / 2, "cluster", 20));
        var caption = Caption(sizes, total) + " The broken line is an equal share.";
        return new(name, title, caption.Trim(), text.ToString(), ChartWidth, bottom + 8, body.ToString());
    }

    // Halfway between an equal share and all rows.
    private static bool IsDominant(long size, long total, int clusters) => size > total * (1 + 1.0 / clusters) / 2;

    private static string Label(long size, long total, int clusters)
        => size == 0 ? "▲ empty" : $"{Plain.Count(size)} ({Plain.Percent((double)size / total)} %)" + (IsDominant(size, total, clusters) ? " ▲ dominant" : "");

    private static string Caption(IReadOnlyList<long> sizes, long total)
    {
        var empty = sizes.Index().Where(s => s.Item == 0).Select(s => s.Index + 1).ToArray();
        var dominant = sizes.Index().Where(s => IsDominant(s.Item, total, sizes.Count)).Select(s => s.Index + 1).ToArray();
        return (empty.Length > 0 ? $"{(empty.Length == 1 ? "Empty cluster" : "Empty clusters")}: {string.Join(", ", empty)}." : "")
            + (dominant.Length > 0 ? $" Cluster {dominant[0]} is dominant: its share is beyond halfway between an equal one and all." : "");
    }
}
