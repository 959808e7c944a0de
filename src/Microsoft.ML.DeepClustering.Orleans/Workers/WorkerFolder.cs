using Microsoft.ML.DeepClustering.Orleans.Storage;

namespace Microsoft.ML.DeepClustering.Orleans.Workers;

/// <summary>
/// A silo's folder on its machine: data that was fetched once, and the checkpoints of the runs that are being made. A lock says that its silo lives; the
/// folders of those that were killed are deleted by the next.
/// </summary>
internal sealed class WorkerFolder : IDisposable
{
    private const string LockExtension = ".lock";

    private readonly FileStream _lock;
    private readonly SemaphoreSlim _fetching = new(1);
    private readonly Dictionary<string, int> _users = [];

    private WorkerFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    public string Path { get; }

    /// <exception cref="IOException">It cannot be made.</exception>
    public static WorkerFolder Create(string? folder)
    {
        var root = System.IO.Path.GetFullPath(folder ?? System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"deep-clustering-worker-{Environment.UserName}"));
        try
        {
            Directory.CreateDirectory(root);
            DeleteLeftovers(root);
            var path = System.IO.Path.Combine(root, Guid.NewGuid().ToString("N"));
            return CreateIn(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The CacheFolder {root} cannot be used ({e.Message.TrimEnd('.')}); name another in the options of AddDeepClusteringWorkers.", e);
        }
    }

    /// <summary>The data of a training on this machine: fetched and checked when it is not there. Call <see cref="ReleaseAsync"/> after it.</summary>
    public async Task<string> AcquireDataAsync(RunFiles files, string hash, CancellationToken cancellationToken)
    {
        await _fetching.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var path = PathOf(hash);
            if (!File.Exists(path))
            {
                // Other trainings' data are not kept for ever.
                foreach (var unused in _users.Where(entry => entry.Value == 0).Select(entry => entry.Key).ToArray())
                {
                    Deletion.TryDelete(PathOf(unused));
                    if (!File.Exists(PathOf(unused)))
                        _users.Remove(unused);
                }

                var temporary = path + ".tmp";
                await files.FetchDataAsync(hash, temporary, cancellationToken).ConfigureAwait(false);
                File.Move(temporary, path, overwrite: true);
            }

            _users[hash] = _users.GetValueOrDefault(hash) + 1;
            return path;
        }
        finally
        {
            _fetching.Release();
        }
    }

    /// <summary>The data is no longer used by a run.</summary>
    public async Task ReleaseAsync(string hash)
    {
        await _fetching.WaitAsync().ConfigureAwait(false);
        _users[hash]--;
        _fetching.Release();
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next silo tries again.
        }

        _lock.Dispose();
        _fetching.Dispose();
    }

    private string PathOf(string hash) => System.IO.Path.Combine(Path, $"{hash}.data");

    private static WorkerFolder CreateIn(string path)
    {
        var held = new FileStream(path + LockExtension, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        try
        {
            CreateOwn(path);
            return new(path, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    // Nobody else's, wherever the folder for temporary files is.
    private static void CreateOwn(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static void DeleteLeftovers(string root)
    {
        foreach (var path in Directory.EnumerateDirectories(root).Where(path => Guid.TryParseExact(System.IO.Path.GetFileName(path), "N", out _)))
        {
            try
            {
                using var free = new FileStream(path + LockExtension, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
                Directory.Delete(path, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Its silo lives, or it is another user's.
            }
        }
    }
}
