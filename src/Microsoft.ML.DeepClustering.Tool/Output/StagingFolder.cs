namespace Microsoft.ML.DeepClustering.Tool.Output;

/// <summary>The hidden folder where results wait for their places, and earlier ones while they are replaced. Its lock file is held while it is in use.</summary>
internal sealed class StagingFolder : IDisposable
{
    private const string Prefix = ".deep-cluster-";
    private const string LockName = "lock";

    private readonly string _folder;
    private readonly string _earlier;
    private readonly FileStream _lock;
    private bool _isKept;

    public StagingFolder(string parent)
    {
        _folder = Path.Combine(parent, $"{Prefix}{Guid.NewGuid():N}");
        (New, _earlier) = (Path.Combine(_folder, "new"), EarlierIn(_folder));
        Directory.CreateDirectory(New);
        _lock = Take(_folder, FileMode.CreateNew);
    }

    /// <summary>The folder of the new files.</summary>
    public string New { get; }

    /// <summary>Removes what killed processes have left: the folders that nobody holds. One with earlier results in it stays.</summary>
    public static void RemoveLeftOnes(string parent)
    {
        foreach (var folder in Directory.GetDirectories(parent, $"{Prefix}*").Where(f => !Directory.Exists(EarlierIn(f))))
        {
            try
            {
                Take(folder, FileMode.Open).Dispose();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Somebody works there, or it is not ours to remove.
                continue;
            }

            TryDelete(folder);
        }
    }

    /// <summary>Sets an earlier file aside, and moves the new one to its place.</summary>
    public void Replace(string name, string place)
    {
        if (File.Exists(place))
        {
            Directory.CreateDirectory(_earlier);
            File.Move(place, Path.Combine(_earlier, name));
        }

        File.Move(Path.Combine(New, name), place);
    }

    /// <summary>Undoes <see cref="Replace"/>, however far it came. Where that fails, this folder stays, with the earlier file in it.</summary>
    public void PutBack(string name, string place)
    {
        var earlier = Path.Combine(_earlier, name);
        try
        {
            if (File.Exists(earlier))
                File.Move(earlier, place, overwrite: true);
            else if (!File.Exists(Path.Combine(New, name)))
                File.Delete(place);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _isKept = true;
        }
    }

    public void Dispose()
    {
        _lock.Dispose();
        if (!_isKept)
            TryDelete(_folder);
    }

    // The results have their places, or the fault is told. The lock goes last: where something else cannot be deleted, the next process still finds a folder that nobody holds.
    private static void TryDelete(string folder)
    {
        try
        {
            foreach (var inner in Directory.GetDirectories(folder))
                Directory.Delete(inner, recursive: true);
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process has a file of it open.
        }
    }

    private static string EarlierIn(string folder) => Path.Combine(folder, "earlier");

    private static FileStream Take(string folder, FileMode mode) => new(Path.Combine(folder, LockName), mode, FileAccess.ReadWrite, FileShare.None);
}
