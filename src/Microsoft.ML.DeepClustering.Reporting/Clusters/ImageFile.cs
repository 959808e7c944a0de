using Microsoft.ML.DeepClustering.Persistence;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Image files as they are copied into a report.</summary>
internal static class ImageFile
{
    /// <summary>The most bytes of a file that is copied.</summary>
    public const long MaximumBytes = 1 << 20;

    /// <summary>The most bytes of all that are.</summary>
    public const long MaximumBytesOfAll = 32 << 20;

    /// <summary>Why a large file has no address.</summary>
    public const string TooLarge = "the file is too large to be shown";

    /// <summary>The data URI of a file.</summary>
    /// <param name="path">Its path; a relative one starts in the current directory.</param>
    /// <param name="room">How many bytes it may have.</param>
    /// <returns>The address, or null and why there is none.</returns>
    public static (string? Address, string Fault) Read(string path, long room)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
                return (null, "there is no such file");
            // The data may name anything: a device or a pipe has no end.
            AtomicFile.RefuseSpecial(file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName);
            if (file.Length > Math.Min(room, MaximumBytes))
                return (null, TooLarge);
            var content = File.ReadAllBytes(file.FullName);
            return KindOf(content) is { } kind ? ($"data:image/{kind};base64,{Convert.ToBase64String(content)}", "") : (null, "the file is no PNG, JPEG, GIF, WebP or BMP");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, "the file cannot be read");
        }
    }

    // By the first bytes, whatever its name says. SVG is not among them: it may hold anything.
    private static string? KindOf(ReadOnlySpan<byte> content) => content switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "png",
        [0xFF, 0xD8, 0xFF, ..] => "jpeg",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "gif",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "webp",
        [(byte)'B', (byte)'M', ..] => "bmp",
        _ => null,
    };
}
