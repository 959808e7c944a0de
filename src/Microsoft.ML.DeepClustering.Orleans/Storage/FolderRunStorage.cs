using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Microsoft.ML.DeepClustering.Orleans.Storage;

namespace Microsoft.ML.DeepClustering.Orleans;

/// <summary>A folder that the caller and all silos reach: of one machine, or a share that each has mounted.</summary>
public sealed partial class FolderRunStorage : RunStorage
{
    private const string Scheme = "file";

    /// <param name="path">The folder. It must exist when it is used; it is never created, so that a share that is not mounted is noticed.</param>
    /// <param name="address">
    /// Its name in the cluster, for shares that lie in different folders of different machines: silos then name the same address in
    /// <see cref="DeepClusteringWorkerOptions.Storages"/>. Default: null, for the <c>file://</c> address of the folder, which silos open without being told.
    /// </param>
    /// <exception cref="ArgumentException">The path or the address is empty.</exception>
    public FolderRunStorage(string path, string? address = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (address != null)
            ArgumentException.ThrowIfNullOrWhiteSpace(address);
        Path = System.IO.Path.GetFullPath(path);
        Address = address ?? new Uri(Path).AbsoluteUri;
    }

    /// <summary>The full path of the folder.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public override string Address { get; }

    /// <summary>The full path of the folder.</summary>
    public override string ToString() => Path;

    /// <inheritdoc/>
    public override Task<bool> ExistsAsync(string name, CancellationToken cancellationToken)
        => TryAsync("read", () => Task.FromResult(File.Exists(PathOf(name))));

    /// <inheritdoc/>
    public override Task StoreAsync(string name, string path, CancellationToken cancellationToken) => TryAsync("written", async () =>
    {
        var target = PathOf(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
        await CopyAsync(path, target, cancellationToken).ConfigureAwait(false);
        return true;
    });

    /// <inheritdoc/>
    public override Task<bool> FetchAsync(string name, string path, CancellationToken cancellationToken) => TryAsync("read", async () =>
    {
        try
        {
            await CopyAsync(PathOf(name), path, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException && !File.Exists(PathOf(name)))
        {
            return false;
        }
    });

    /// <inheritdoc/>
    public override Task DeleteAsync(string name, CancellationToken cancellationToken) => TryAsync("written", () =>
    {
        var target = PathOf(name);
        if (File.Exists(target))
            File.Delete(target);
        return Task.FromResult(true);
    });

    /// <summary>The folder of an address, if it is one of a folder.</summary>
    internal static bool TryOpen(string address, [NotNullWhen(true)] out FolderRunStorage? storage)
    {
        storage = Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Scheme ? new(uri.LocalPath, address) : null;
        return storage != null;
    }

    private string PathOf(string name) => System.IO.Path.Combine(Path, name.Replace('/', System.IO.Path.DirectorySeparatorChar));

    private async Task<T> TryAsync<T>(string what, Func<Task<T>> action)
    {
        if (!Directory.Exists(Path))
            throw new IOException(File.Exists(Path) ? $"The storage {Path} is a file; name a folder." : $"The storage {Path} does not exist; create the folder, or mount it.");
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The storage {Path} cannot be {what} ({Temporary().Replace(e.Message, "").TrimEnd('.')}); what was stored stays. Make room or mend it, and start the same training again.", e);
        }
    }

    // Whoever reads of a fault knows the file, and not the temporary one beside it.
    [GeneratedRegex(@"\.[0-9a-f]{32}\.tmp")]
    private static partial Regex Temporary();

    // A temporary file in the same folder, flushed, then renamed.
    private static async Task CopyAsync(string path, string target, CancellationToken cancellationToken)
    {
        var temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            await using (var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
            await using (var stream = new FileStream(temporary, FileMode.CreateNew))
            {
                await source.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
                await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            Deletion.TryDelete(temporary);
        }
    }
}
