namespace Microsoft.ML.DeepClustering.Tool.Input.Images;

/// <summary>Finds what a decoder passes over: a file that is no regular one, and one whose data end early.</summary>
internal static class ImageContent
{
    private const int HeadLength = 16;
    private const int TailLength = 1024;
    private const string Truncated = "its data end early";

    /// <summary>What is wrong; null where nothing was seen.</summary>
    public static string? Fault(string path)
    {
        // A pipe or a device has no length, and would be waited for.
        var file = new FileInfo(path);
        if (file.LinkTarget != null)
            file = (FileInfo)file.ResolveLinkTarget(returnFinalTarget: true)!;
        if (!file.Exists || file.Length == 0)
            return file.Exists ? "it is empty, or no regular file" : "its link leads nowhere";
        using var stream = file.OpenRead();
        var head = Read(stream, 0, HeadLength);
        var tail = Read(stream, Math.Max(0, stream.Length - TailLength), TailLength);
        return ImageEnd.IsThere(head, tail, stream.Length) || ImageEnd.IsWithin(head, () => Read(stream, 0, (int)Math.Min(stream.Length, Array.MaxLength))) ? null : Truncated;
    }

    private static byte[] Read(FileStream stream, long position, int length)
    {
        stream.Position = position;
        var bytes = new byte[Math.Min(length, stream.Length - position)];
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }
}
