using System.IO.Enumeration;
using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Tool.Input.Images;

/// <summary>A folder of image files, and all folders below it.</summary>
internal static class ImageFolder
{
    /// <summary>The column of the files' paths.</summary>
    public const string PathColumn = "Path";

    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase) { ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".webp" };

    public static bool IsImage(string path) => Extensions.Contains(Path.GetExtension(path));

    /// <summary>The image files in a fixed order.</summary>
    public static string[] Find(string folder)
    {
        if (!Directory.Exists(folder))
            throw new ToolFault(File.Exists(folder) ? $"{folder} is a file; name the folder of the images." : $"The folder {folder} does not exist.");
        string[] files;
        try
        {
            files = [.. FilesBelow(folder).Where(IsImage).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new ToolFault($"The folder {folder} cannot be read: {e.Message}", e);
        }

        return files.Length > 0 ? files : throw new ToolFault($"The folder {folder} has no image files ({string.Join(", ", Extensions.Order())}); to cluster a table, name its file.");
    }

    // Links to folders are not followed, as they can lead in circles, and hidden folders are not entered.
    private static FileSystemEnumerable<string> FilesBelow(string folder)
        => new(folder, (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(), new() { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref FileSystemEntry entry) => (entry.Attributes & (FileAttributes.ReparsePoint | FileAttributes.Hidden | FileAttributes.System)) == 0,
        };

    /// <summary>The topmost sub-folder of each file, empty for files beside them.</summary>
    public static string[] Labels(string folder, string[] files) => Array.ConvertAll(files, file =>
    {
        var parts = Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar);
        return parts.Length > 1 ? parts[0] : "";
    });

    /// <summary>Decodes each file once, so that a damaged one is named before any training.</summary>
    public static void Check(string[] files, CancellationToken cancellation)
    {
        // Of several damaged ones the first is named, whichever thread is first.
        var damaged = new Exception?[files.Length];
        Parallel.For(0, files.Length, new ParallelOptions { CancellationToken = cancellation }, (i, loop) =>
        {
            damaged[i] = Fault(files[i]);
            if (damaged[i] != null)
                loop.Break();
        });
        var first = Array.FindIndex(damaged, d => d != null);
        if (first >= 0)
            throw new ToolFault($"{files[first]} cannot be read as an image{(damaged[first] is ToolFault { Message: var reason } ? $": {reason}" : "")}; repair it, or take it out of the folder.", damaged[first]!);
    }

    private static Exception? Fault(string file)
    {
        try
        {
            if (ImageContent.Fault(file) is { } fault)
                return new ToolFault(fault);
            using var image = MLImage.CreateFromFile(file);
            return image.Width > 0 && image.Height > 0 ? null : new InvalidDataException("It has no pixels.");
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
