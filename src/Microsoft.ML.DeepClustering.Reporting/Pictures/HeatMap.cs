using System.Text;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Draws how many rows of each class lie in each cluster: rows are classes, columns clusters in the order of the best map, which is framed.</summary>
internal static class HeatMap
{
    private const int MostCharacters = 16;
    private const int MostWrittenSide = 30;
    private const double Digit = 7.2;
    private const double Top = 44;

    /// <summary>Draws the table.</summary>
    public static Picture Draw(string name, string title, Contingency contingency, ClassMap map)
    {
        var counts = contingency.Counts;
        var (classes, clusters) = (counts.GetLength(0), map.ClustersByClass());
        var written = Math.Max(classes, clusters.Length) <= MostWrittenSide;
        var most = counts.Length == 0 ? 0 : counts.Cast<long>().Max();
        var cell = written ? Math.Max(30, 8 + Digit * Plain.Count(most).Length) : 14;
        var height = written ? 30.0 : 14;
        var left = 40 + Enumerable.Range(0, classes).Select(i => Plain.Width(Plain.Shorten(map.NameOf(i), MostCharacters), 13)).Append(20).Max();
        var width = Math.Max(300, left + cell * clusters.Length + 10);
        var body = new StringBuilder();
        body.Append(Svg.UprightText(14, Top + height * classes / 2, "class", 20));
        body.Append(Svg.Text(left + cell * clusters.Length / 2, 16, "cluster", "m mid")).Append('\n');
        for (var j = 0; j < clusters.Length; j++)
        {
            if (written || j % 5 == 0)
                body.Append(Svg.Text(left + cell * (j + 0.5), Top - 8, $"{clusters[j]}", "mid"));
        }

        for (var i = 0; i < classes; i++)
        {
            var y = Top + height * i;
            if (written || i % 2 == 0)
                body.Append('\n').Append(Svg.Text(left - 8, y + height / 2 + 4.5, map.NameOf(i), "end", MostCharacters));
            var total = Math.Max(1, clusters.Sum(cluster => counts[i, cluster - 1]));
            for (var j = 0; j < clusters.Length; j++)
                body.Append(Cell(counts[i, clusters[j] - 1], total, left + cell * j, y, (cell, height), written, $"class {map.NameOf(i)}, cluster {clusters[j]}"));
        }

        body.Append('\n').Append(Svg.Rectangle(left, Top, cell * clusters.Length, height * classes, "axis"));
        for (var j = 0; j < clusters.Length; j++)
        {
            if (map.ClassOf(clusters[j]) is { } label)
                body.Append(Svg.Rectangle(left + cell * j + 1, Top + height * label + 1, cell - 2, height - 2, "chosen"));
        }

        var caption = Caption(counts, clusters, map) + (written ? "" : " The pointer shows the numbers.");
        return new(name, title, caption, Describe(counts, clusters, map), width, Top + height * classes + 12, body.ToString());
    }

    private static string Caption(long[,] counts, int[] clusters, ClassMap map)
    {
        var onMap = clusters.Sum(cluster => map.ClassOf(cluster) is { } label ? counts[label, cluster - 1] : 0);
        var all = counts.Cast<long>().Sum();
        return $"{Plain.Count(onMap)} of {Plain.Count(all)} rows lie on the best one-to-one map of clusters to classes, which is framed. The stronger the colour of a cell, the larger its share of the class.";
    }

    private static string Cell(long count, long total, double x, double y, (double Width, double Height) size, bool written, string place)
    {
        if (count == 0)
            return written ? Svg.Text(x + size.Width / 2, y + size.Height / 2 + 4.5, "0", "m small mid") : "";
        var step = Math.Clamp((int)Math.Ceiling((double)Theme.HeatSteps * count / total), 1, Theme.HeatSteps);
        var hint = $"{place}: {Plain.Count(count)}, {Plain.Percent((double)count / total)} % of the class";
        return $"<g><title>{Plain.Escape(hint)}</title>"
            + $"<rect class=\"heat\" fill-opacity=\"{Plain.Number((double)step / Theme.HeatSteps)}\" x=\"{Svg.Number(x)}\" y=\"{Svg.Number(y)}\" width=\"{Svg.Number(size.Width)}\" height=\"{Svg.Number(size.Height)}\"/>"
            + (written ? Svg.Text(x + size.Width / 2, y + size.Height / 2 + 4.5, Plain.Count(count), $"small mid t{step}") : "") + "</g>";
    }

    private static string Describe(long[,] counts, int[] clusters, ClassMap map)
    {
        var text = new StringBuilder($"Table of {counts.GetLength(0)} classes by {clusters.Length} clusters.");
        foreach (var cluster in clusters)
        {
            var total = Enumerable.Range(0, counts.GetLength(0)).Sum(i => counts[i, cluster - 1]);
            text.Append(map.ClassOf(cluster) is { } label
                ? $" Cluster {cluster} is mapped to class {map.NameOf(label)}: {Plain.Count(counts[label, cluster - 1])} of its {Plain.Count(total)} rows."
                : $" Cluster {cluster}, of {Plain.Count(total)} rows, is mapped to none.");
        }

        return text.ToString();
    }
}
