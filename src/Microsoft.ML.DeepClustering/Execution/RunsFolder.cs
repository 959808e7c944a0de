using Microsoft.ML.DeepClustering.Persistence;

namespace Microsoft.ML.DeepClustering.Execution;

/// <summary>
/// A temporary folder for the data and the results of runs. A lock says that its process lives; folders of processes that were killed are deleted by the next one.
/// </summary>
internal sealed class RunsFolder : IDisposable
{
    private const string Prefix = "deep-clustering-runs-";
    private const string LockName = "lock";

    private static readonly Lock Making = new();

    private readonly FileStream _lock;

    /// <exception cref="IOException">It cannot be made.</exception>
    public RunsFolder()
    {
        try
        {
            // A folder is locked a moment after it is made, and another training of this process must not take it for a leftover meanwhile.
            lock (Making)
            {
                DeleteLeftovers();
                Path = Directory.CreateTempSubdirectory(Prefix).FullName;
                _lock = Lock(Path, FileMode.CreateNew);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (Path is not null)
                Deletion.TryDeleteFolder(Path);
            throw new IOException($"The runs need a temporary folder in {System.IO.Path.GetTempPath()}, which cannot be made ({e.Message.TrimEnd('.')}); make room there, or name another folder with TMPDIR or TEMP.", e);
        }
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    public void Dispose()
    {
        // Windows deletes no file that is open.
        _lock.Dispose();
        Deletion.TryDeleteFolder(Path, LockName);
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
                Deletion.TryDeleteFolder(folder, LockName);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Its process lives, or it is another user's.
            }
        }
    }
}
