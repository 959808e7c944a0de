namespace Microsoft.ML.DeepClustering.Persistence;

/// <summary>Files of which a reader sees the old content or the whole new one, even when the machine fails in between.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Writes a temporary file in the target's folder, flushes it to the disk and renames it over the target.
    /// A failure leaves the target as it was and no temporary file behind.
    /// </summary>
    /// <param name="path">The target; an older file is replaced.</param>
    /// <param name="write">Writes the content into the stream given and leaves it open.</param>
    public static void Write(string path, Action<Stream> write)
    {
        var target = Path.GetFullPath(path);
        var temporary = Path.Combine(Path.GetDirectoryName(target) ?? "", $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                write(stream);
                // A rename may reach the disk before the content does.
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
