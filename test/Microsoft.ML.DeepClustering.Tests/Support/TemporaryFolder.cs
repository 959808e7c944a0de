namespace Microsoft.ML.DeepClustering.Tests.Support;

/// <summary>A folder of a test's own, gone when it is disposed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("deep-clustering-").FullName;

    public string File(string name) => Path.Combine(_path, name);

    public string[] Files() => Directory.GetFiles(_path).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal).ToArray();

    /// <summary>Takes the folder away, with all in it.</summary>
    public void Delete()
    {
        if (Directory.Exists(_path))
            Directory.Delete(_path, recursive: true);
    }

    public void Dispose() => Delete();
}
