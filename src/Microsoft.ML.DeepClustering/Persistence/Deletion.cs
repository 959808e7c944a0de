namespace Microsoft.ML.DeepClustering.Persistence;

/// <summary>Deletes what is no longer of use, as far as that can be done: what has been made, or what went wrong before, counts for more.</summary>
internal static class Deletion
{
    /// <summary>Deletes a file if it is there.</summary>
    public static void TryDeleteFile(string path) => Try(() => File.Delete(path));

    /// <summary>Deletes a folder with all that is in it.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="last">The name of a file in it that stays where anything else cannot be deleted; null for none.</param>
    public static void TryDeleteFolder(string path, string? last = null) => Try(() =>
    {
        if (last is not null)
        {
            foreach (var folder in Directory.EnumerateDirectories(path))
                Directory.Delete(folder, recursive: true);
            foreach (var file in Directory.EnumerateFiles(path).Where(f => Path.GetFileName(f) != last))
                File.Delete(file);
        }

        Directory.Delete(path, recursive: true);
    });

    private static void Try(Action delete)
    {
        try
        {
            delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process has a file open, or is deleting it.
        }
    }
}
