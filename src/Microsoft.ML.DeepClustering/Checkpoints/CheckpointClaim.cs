namespace Microsoft.ML.DeepClustering.Checkpoints;

/// <summary>Keeps the checkpoints of a file for one training of this process until it is disposed: two would go on from each other's.</summary>
internal sealed class CheckpointClaim : IDisposable
{
    private static readonly HashSet<string> Claimed = new(OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);

    private readonly string _path;

    /// <param name="path">The full path of the file.</param>
    /// <exception cref="InvalidOperationException">Another training has it.</exception>
    public CheckpointClaim(string path)
    {
        _path = path;
        lock (Claimed)
        {
            if (!Claimed.Add(path))
                throw new InvalidOperationException($"CheckpointPath is {path}, and another training of this program uses that file; name another, or wait until that training has ended.");
        }
    }

    public void Dispose()
    {
        lock (Claimed)
            Claimed.Remove(_path);
    }
}
