using System.Text;
using Microsoft.ML.DeepClustering.Persistence;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Writes the pictures of a report as SVG files, each of which can be read by itself.</summary>
internal static class SvgFiles
{
    /// <summary>Draws a report and writes its pictures.</summary>
    /// <param name="report">The report.</param>
    /// <param name="folder">Where they go; made if it is missing. Files of the same names are replaced, others stay.</param>
    /// <returns>The paths of the files.</returns>
    /// <exception cref="ArgumentException">The report has parts that do not fit together.</exception>
    public static IReadOnlyList<string> Write(Report report, string folder) => Write(DrawnReport.Draw(report), folder);

    /// <summary>Writes the pictures of a drawn report.</summary>
    /// <param name="report">The drawn report.</param>
    /// <param name="folder">Where they go; made if it is missing. Files of the same names are replaced, others stay.</param>
    /// <returns>The paths of the files.</returns>
    public static IReadOnlyList<string> Write(DrawnReport report, string folder)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(folder);
        return report.Comparisons.Concat(report.Runs.SelectMany(run => run.Pictures)).Select(picture =>
        {
            var path = Path.Combine(folder, picture.Name + ".svg");
            AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(ToFile(picture))));
            return path;
        }).ToArray();
    }

    private static string ToFile(Picture picture)
    {
        var size = $" xmlns=\"http://www.w3.org/2000/svg\" width=\"{Svg.Number(picture.Width)}\" height=\"{Svg.Number(picture.Height)}\"";
        var ground = Svg.Rectangle(0, 0, picture.Width, picture.Height, "ground");
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + picture.ToSvg(size, $"<style>\n{ChartStyle.ForFile()}\n</style>\n{ground}\n") + "\n";
    }
}
