namespace Microsoft.ML.DeepClustering.Execution;

/// <summary>
/// A temporary folder for the data and the results of runs. A lock says that its process lives; folders of processes that were killed are deleted by the next one.
/// </summary>
internal sealed class RunsFolder : IDisposable
{
    private const string Prefix = "deep-clustering-runs-";
    private const string LockName = "lock";

    private readonly FileStream _lock;

    /// <exception cref="IOException">It cannot be made.</exception>
    public RunsFolder()
    {
        try
        {
            DeleteLeftovers();
            Path = Directory.CreateTempSubdirectory(Prefix).FullName;
            _lock = Lock(Path, FileMode.CreateNew);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The runs need a temporary folder in {System.IO.Path.GetTempPath()}, which cannot be made ({e.Message.TrimEnd('.')}); make room there, or name another folder with TMPDIR or TEMP.", e);
        }
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    public void Dispose()
    {
        // Windows deletes no file that is open.
        _lock.Dispose();
        TryDelete(Path);
    }

    /// <summary>Deletes a temporary folder as far as that can be done: what has been made, or what went wrong before, counts for more.</summary>
    public static void TryDelete(string folder)
    {
        try
        {
            Delete(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process has a file of it open, or is deleting it.
        }
    }

    // The lock last: where something else cannot be deleted, the next process still finds a folder whose process is gone.
    private static void Delete(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder).Where(f => System.IO.Path.GetFileName(f) != LockName))
            File.Delete(file);
        Directory.Delete(folder, recursive: true);
    }

    private static FileStream Lock(string folder, FileMode mode) => new(System.IO.Path.Combine(folder, LockName), mode, FileAccess.ReadWrite, FileShare.None, 1);

    private static void DeleteLeftovers()
    {
        foreach (var folder in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), Prefix + "*"))
        {
            try
            {
                // One that has no lock yet is being made.
                Lock(folder, FileMode.Open).Dispose();
                Delete(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Its process lives, or it is another user's.
            }
        }
    }
}
