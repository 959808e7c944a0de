using System.Security.Cryptography;

namespace Microsoft.ML.DeepClustering.Orleans.Storage;

/// <summary>A file with the SHA-256 of its content behind it, so that a damaged copy is known wherever it is read.</summary>
internal static class SealedFile
{
    /// <summary>Writes a sealed copy of a file.</summary>
    public static async Task SealAsync(string path, string target, CancellationToken cancellationToken)
    {
        await using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await using var stream = new FileStream(target, FileMode.Create, FileAccess.ReadWrite);
        await source.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
        stream.Position = 0;
        var hash = await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false);
        await stream.WriteAsync(hash, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the seal off a file; false, and the file as it was, when it is broken.</summary>
    public static async Task<bool> TryOpenAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var length = stream.Length - SHA256.HashSizeInBytes;
        if (length < 0)
            return false;
        var hash = new byte[SHA256.HashSizeInBytes];
        stream.Position = length;
        await stream.ReadExactlyAsync(hash, cancellationToken).ConfigureAwait(false);
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        stream.Position = 0;
        for (var left = length; left > 0;)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken).ConfigureAwait(false);
            content.AppendData(buffer, 0, read);
            left -= read;
        }

        if (!content.GetHashAndReset().AsSpan().SequenceEqual(hash))
            return false;
        stream.SetLength(length);
        return true;
    }
}
