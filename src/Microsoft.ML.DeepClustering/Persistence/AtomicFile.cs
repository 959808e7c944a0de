namespace Microsoft.ML.DeepClustering.Persistence;

/// <summary>Writes files atomically: a reader sees the old content or the whole new content, even when the machine fails in between.</summary>
internal static class AtomicFile
{
    private const string Extension = ".tmp";

    /// <summary>The temporary files of a target that a process left behind because it was killed while writing.</summary>
    /// <param name="path">The target, in a folder that exists.</param>
    public static IEnumerable<string> Leftovers(string path)
    {
        var target = TargetOf(path);
        var prefix = $".{Path.GetFileName(target)}.";
        // The folder of a link's target may be missing.
        return Path.GetDirectoryName(target) is { } folder && Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Where(f => IsTemporary(Path.GetFileName(f), prefix)) : [];
    }

    /// <summary>
    /// Writes a temporary file in the target's folder, flushes it to the disk and renames it over the target.
    /// A failure leaves the target as it was and no temporary file behind.
    /// </summary>
    /// <param name="path">The target; an older file is replaced.</param>
    /// <param name="write">Writes the content into the stream given and leaves it open.</param>
    /// <exception cref="IOException">The target is a device or a pipe, which must not be replaced by a file; or the file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var target = TargetOf(path);
        RefuseSpecial(target);
        var temporary = Path.Combine(Path.GetDirectoryName(target) ?? "", $".{Path.GetFileName(target)}.{Guid.NewGuid():N}{Extension}");
        try
        {
            using (var stream = new FileStream(temporary, Options(target)))
            {
                write(stream);
                // A rename may reach the disk before the content does.
                stream.Flush(flushToDisk: true);
            }

            KeepMode(target, temporary);
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            Deletion.TryDeleteFile(temporary);
        }
    }

    /// <summary>Refuses a device or a pipe: renaming a file over one would take it away from all other programs, and reading one may never end.</summary>
    /// <exception cref="IOException">The path is one of these.</exception>
    public static void RefuseSpecial(string target)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(target))
            return;
        if (IsDevice(target) || IsPipe(target))
            throw new IOException($"{target} is a device or a pipe, not a file; name a file.");
    }

    // Behind a link lies the file that is meant, which may not be there yet.
    private static string TargetOf(string path)
    {
        var linked = new FileInfo(path).LinkTarget is null ? null : File.ResolveLinkTarget(path, returnFinalTarget: true);
        return linked?.FullName ?? Path.GetFullPath(path);
    }

    // In /dev/shm, a disk in memory, lie files.
    private static bool IsDevice(string target)
        => target.StartsWith("/dev/", StringComparison.Ordinal) && !target.StartsWith("/dev/shm/", StringComparison.Ordinal);

    // Opened for both, a pipe does not wait for the other side.
    private static bool IsPipe(string target)
    {
        try
        {
            using var stream = new FileStream(target, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return !stream.CanSeek;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            // A file that may not be written to, or on a disk that is read only; a pipe there opens.
            return false;
        }
    }

    // What only the target's owner may read is not for others while it is written either.
    private static FileStreamOptions Options(string target)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows() && File.Exists(target))
            options.UnixCreateMode = File.GetUnixFileMode(target) | UnixFileMode.UserWrite;
        return options;
    }

    // A file that only its owner may read stays one.
    private static void KeepMode(string target, string temporary)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(target))
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
    }

    private static bool IsTemporary(string name, string prefix)
        => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(Extension, StringComparison.Ordinal)
            && Guid.TryParseExact(name.AsSpan(prefix.Length, Math.Max(0, name.Length - prefix.Length - Extension.Length)), "N", out _);
}
