namespace Microsoft.ML.DeepClustering.Tool.Output;

/// <summary>
/// The folder of the results. Files are written into a hidden folder within it, and moved to their places when all are there: a failure before that
/// leaves earlier results as they were, and nothing of its own, not even a folder that was not there before.
/// </summary>
internal sealed class OutputFolder : IDisposable
{
    private const string Prefix = ".deep-cluster-";

    private readonly bool _isNew;
    private readonly string _staging;

    private OutputFolder(string path, bool isNew)
    {
        (Path, _isNew) = (path, isNew);
        _staging = System.IO.Path.Combine(path, $"{Prefix}{Guid.NewGuid():N}");
    }

    public string Path { get; }

    /// <summary>Makes the folder, and makes sure that it can be written to.</summary>
    public static OutputFolder Open(string path)
    {
        if (File.Exists(path))
            throw new ToolFault($"The output {path} is a file; name a folder with --output.");
        var isNew = !Directory.Exists(path);
        try
        {
            Directory.CreateDirectory(path);
            var folder = new OutputFolder(path, isNew);
            Directory.CreateDirectory(folder._staging);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolFault($"The output folder {path} cannot be written to: {e.Message}", e);
        }
    }

    /// <summary>Where a file is written before it gets its place.</summary>
    public string Staged(string name) => System.IO.Path.Combine(_staging, name);

    /// <summary>Gives each file that was written its place, over an older one.</summary>
    /// <returns>The places.</returns>
    public IReadOnlyList<string> Commit()
    {
        var places = new List<string>();
        foreach (var file in Directory.EnumerateFiles(_staging).Order(StringComparer.Ordinal))
        {
            var place = System.IO.Path.Combine(Path, System.IO.Path.GetFileName(file));
            File.Move(file, place, overwrite: true);
            places.Add(place);
        }

        return places;
    }

    public void Dispose()
    {
        if (Directory.Exists(_staging))
            Directory.Delete(_staging, recursive: true);
        if (_isNew && Directory.Exists(Path) && !Directory.EnumerateFileSystemEntries(Path).Any())
            Directory.Delete(Path);
    }
}
