namespace Microsoft.ML.DeepClustering.Tool.Output;

/// <summary>
/// The folder of the results. Files are written into a hidden folder within it, and moved to their places when all are there: a failure
/// leaves earlier results as they were, and nothing of its own, not even a folder that was not there before.
/// </summary>
internal sealed class OutputFolder : IDisposable
{
    private readonly bool _isNew;
    private readonly StagingFolder _staging;

    private OutputFolder(string path, bool isNew) => (Path, _isNew, _staging) = (path, isNew, new(path));

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
            StagingFolder.RemoveLeftOnes(path);
            return new OutputFolder(path, isNew);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolFault($"The output folder {path} cannot be written to: {e.Message}", e);
        }
    }

    /// <summary>Where a file is written before it gets its place.</summary>
    public string Staged(string name) => System.IO.Path.Combine(_staging.New, name);

    /// <summary>Gives each file that was written its place, over an older one: all of them, or none.</summary>
    /// <returns>The places.</returns>
    public IReadOnlyList<string> Commit()
    {
        var names = Directory.EnumerateFiles(_staging.New).Select(f => System.IO.Path.GetFileName(f)).Order(StringComparer.Ordinal).ToArray();
        var places = Array.ConvertAll(names, n => System.IO.Path.Combine(Path, n));
        Array.ForEach(places, RequireWritable);
        var tried = 0;
        try
        {
            for (; tried < names.Length; tried++)
                _staging.Replace(names[tried], places[tried]);
        }
        catch
        {
            for (; tried >= 0; tried--)
                _staging.PutBack(names[tried], places[tried]);
            throw;
        }

        return places;
    }

    public void Dispose()
    {
        _staging.Dispose();
        if (_isNew && Directory.Exists(Path) && !Directory.EnumerateFileSystemEntries(Path).Any())
            Directory.Delete(Path);
    }

    private static void RequireWritable(string place)
    {
        OutputGuard.RefuseFolder(place);
        if (!File.Exists(place))
            return;
        try
        {
            using var file = new FileStream(place, FileMode.Open, FileAccess.Write);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolFault($"The output {place} cannot be replaced: {e.Message} Close or release it, or choose another place with --output.", e);
        }
    }
}
