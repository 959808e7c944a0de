namespace Microsoft.ML.DeepClustering.Tool.Progress;

/// <summary>A table in plain text: columns two spaces apart, to the right as numbers are.</summary>
internal static class PlainTable
{
    public static void Write(TextWriter output, string[] titles, IReadOnlyList<string[]> rows)
    {
        var widths = titles.Select((title, i) => rows.Select(r => r[i].Length).Append(title.Length).Max()).ToArray();
        foreach (var row in rows.Prepend(titles))
            output.WriteLine(string.Join("  ", row.Select((cell, i) => cell.PadLeft(widths[i]))).TrimEnd());
    }
}
