using Microsoft.Win32.SafeHandles;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>
/// Bytes in a temporary file that only this process can open and that is gone when the process ends. What the system caches of it in memory it drops
/// when memory is short.
/// </summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly SafeFileHandle _file;

    public TemporaryFile()
    {
        var path = Path.Combine(Path.GetTempPath(), $"deep-clustering-{Guid.NewGuid():N}.rows");
        _file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose | FileOptions.RandomAccess);
        // Where names and files are apart, no killed process leaves it behind.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
    }

    /// <summary>The number of bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Writes bytes after those that are there.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_file, bytes, Length);
        Length += bytes.Length;
    }

    /// <summary>Fills a span with the bytes from an offset on.</summary>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    public void Read(Span<byte> bytes, long offset) => StoredRows.Fill(_file, bytes, offset);

    public void Dispose() => _file.Dispose();
}
