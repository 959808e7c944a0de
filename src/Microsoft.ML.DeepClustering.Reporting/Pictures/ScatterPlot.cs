using System.Globalization;
using System.Text;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>
/// Draws points in the plane: colour, shape and a number for the cluster, the class where the pointer rests.
/// A point of another class than the one that its cluster is mapped to is hollow.
/// </summary>
internal sealed class ScatterPlot
{
    private const double Side = 400;
    private const double Margin = 26;
    private const int MostLegendEntries = 24;
    private const int MostCharacters = 18;
    private const double LabelSize = 12;

    /// <summary>The horizontal and the vertical place of each point, all finite.</summary>
    public required IReadOnlyList<(double X, double Y)> Points { get; init; }

    /// <summary>The cluster of each point, 1 to k; 0 for none.</summary>
    public required IReadOnlyList<int> Clusters { get; init; }

    /// <summary>The class of each point, -1 for none; null without labels.</summary>
    public IReadOnlyList<int>? Classes { get; init; }

    public required ClassMap Map { get; init; }

    public required string HorizontalAxis { get; init; }

    public required string VerticalAxis { get; init; }

    /// <summary>What <see cref="Clusters"/> are called. Default: "cluster".</summary>
    public string Group { get; init; } = "cluster";

    /// <summary>How one of them is named. Default: by its number.</summary>
    public Func<int, string> NameOf { get; init; } = cluster => cluster.ToString(CultureInfo.InvariantCulture);

    /// <summary>Draws the plot.</summary>
    public Picture Draw(string name, string title, string caption)
    {
        var body = new StringBuilder();
        body.Append(Svg.Line(Margin, Side - Margin, Side - 6, Side - Margin, "axis")).Append(Svg.Line(Margin, 6, Margin, Side - Margin, "axis"));
        body.Append(Svg.Text((Margin + Side) / 2, Side - 8, HorizontalAxis, "m mid")).Append(Svg.UprightText(16, (Side - Margin) / 2, VerticalAxis, 60)).Append('\n');
        var places = Places();
        var groups = places.Index().GroupBy(p => (Cluster: Clusters[p.Index], Class: Classes?[p.Index] ?? -1)).OrderBy(g => g.Key).ToArray();
        foreach (var group in groups)
        {
            var (cluster, label) = group.Key;
            var data = string.Concat(group.Select(p => Marker.At(cluster, p.Item.X, p.Item.Y)));
            body.Append(Svg.Path(data, Style(cluster, label), Hint(cluster, label))).Append('\n');
        }

        if (places.Length == 0)
            body.Append(Svg.Text(Side / 2, Side / 2, "no values", "m mid"));
        var clusters = Clusters.Distinct().Order().ToArray();
        foreach (var cluster in clusters.Where(c => c > 0))
        {
            var (x, y) = LabelPlace(places.Where((_, i) => Clusters[i] == cluster).ToArray());
            body.Append(Svg.Text(x, y, NameOf(cluster), "halo mid", MostCharacters));
        }

        var (legend, bottom) = Legend.Draw(Entries(clusters), 14, Side + 6, Side - 8);
        return new(name, title, caption, Describe(title, clusters), Side, bottom + 4, body.Append('\n').Append(legend).ToString());
    }

    // One scale for both axes, so that distances are true; all points in one place stand in the middle.
    private (double X, double Y)[] Places()
    {
        if (Points.Count == 0)
            return [];
        var (left, right) = (Points.Min(p => p.X), Points.Max(p => p.X));
        var (low, high) = (Points.Min(p => p.Y), Points.Max(p => p.Y));
        var span = Math.Max(right - left, high - low);
        var scale = span > 0 ? (Side - Margin - 30) / span : 0;
        var (x0, y0) = ((Margin + Side) / 2, (Side - Margin) / 2);
        return Points.Select(p => (x0 + scale * (p.X - (left + right) / 2), y0 - scale * (p.Y - (low + high) / 2))).ToArray();
    }

    // In the middle of the points; above them where it would hide them.
    private static (double X, double Y) LabelPlace((double X, double Y)[] places)
    {
        var (x, y) = (Median(places.Select(p => p.X)), Median(places.Select(p => p.Y)));
        var extent = Median(places.Select(p => Math.Max(Math.Abs(p.X - x), Math.Abs(p.Y - y))));
        return (x, extent < LabelSize ? Math.Max(LabelSize, y - extent - 6) : y + 5);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private bool IsElsewhere(int cluster, int label) => label >= 0 && Map.IsKnown && Map.ClassOf(cluster) != label;

    private string Style(int cluster, int label) => $"{(IsElsewhere(cluster, label) ? 'o' : 'f')}{cluster % Theme.SeriesColours}";

    private string Hint(int cluster, int label)
        => (cluster > 0 ? $"{Group} {NameOf(cluster)}" : $"no {Group}") + (label >= 0 ? $", class {Map.NameOf(label)}" : "");

    private IEnumerable<(string, string)> Entries(int[] clusters)
    {
        foreach (var cluster in clusters.Take(MostLegendEntries))
        {
            var name = cluster == 0 ? $"no {Group}" : Map.ClassOf(cluster) is { } label ? $"{cluster} → {Plain.Shorten(Map.NameOf(label), MostCharacters)}" : Plain.Shorten(NameOf(cluster), MostCharacters);
            yield return (name, Svg.Path(Marker.At(cluster, 24, 0), $"f{cluster % Theme.SeriesColours}"));
        }

        if (clusters.Length > MostLegendEntries)
            yield return ($"and {clusters.Length - MostLegendEntries} more{(Group == "cluster" ? ", by their numbers" : "")}", "");
        if (Classes is not null && Map.IsKnown)
            yield return ("hollow: another class than the cluster's", Svg.Path(Marker.At(0, 24, 0), "o6"));
    }

    private string Describe(string title, int[] clusters)
        => $"Scatter plot, {title}: {Plain.Count(Points.Count)} points of {clusters.Length} {(Group == "cluster" ? "clusters" : "classes")}."
            + string.Concat(clusters.Select(c => $" {Hint(c, -1)}: {Plain.Count(Clusters.Count(other => other == c))}."));
}
