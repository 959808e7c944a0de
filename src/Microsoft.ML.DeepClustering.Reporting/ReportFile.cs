using System.Text;
using Microsoft.ML.DeepClustering.Persistence;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>The file that a report is written to.</summary>
internal static class ReportFile
{
    /// <summary>Says what of a path can be known to fail before the work begins.</summary>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IOException">It is that of a folder, or its folder is missing.</exception>
    public static void Check(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new ArgumentException("The path of the report is empty; give the path of an HTML file.", nameof(path));
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full) || Path.EndsInDirectorySeparator(full))
            throw new IOException($"The report cannot be written to '{path}': that is a folder; give the path of a file, such as '{Path.Combine(path, "report.html")}'.");
        var folder = Path.GetDirectoryName(full)!;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The report cannot be written to '{path}': there is no folder '{folder}'; make it, or give another path.");
    }

    /// <summary>Writes the page; an older file is replaced only when all is written.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, string page)
    {
        try
        {
            AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(page)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"The report cannot be written to '{path}' ({e.Message.TrimEnd('.')}); give a path in a folder that may be written to and has room, and close a program that holds the file.", e);
        }
    }
}
