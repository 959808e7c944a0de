using System.IO.Compression;

namespace Microsoft.ML.DeepClustering.Tool.Input;

/// <summary>Opens files of the input, gzipped or plain.</summary>
internal static class InputFile
{
    private const int GzipMagic = 0x8b1f;

    /// <summary>The content; it can be read once, from its beginning.</summary>
    public static Stream Open(string path)
    {
        var file = OpenAsIs(path);
        return IsGzipped(file) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>Whether the file is gzipped.</summary>
    public static bool IsGzipped(string path)
    {
        using var file = OpenAsIs(path);
        return IsGzipped(file);
    }

    // From its beginning, where it is left.
    private static bool IsGzipped(FileStream file)
    {
        int first = file.ReadByte(), second = file.ReadByte();
        file.Position = 0;
        return (first | second << 8) == GzipMagic;
    }

    /// <summary>The file without decompression.</summary>
    public static FileStream OpenAsIs(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ToolFault($"{path} does not exist.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new ToolFault(Directory.Exists(path) ? $"{path} is a folder, and a file is needed here." : $"{path} may not be read: access is denied.", e);
        }
        catch (IOException e)
        {
            throw new ToolFault($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The whole content.</summary>
    public static byte[] ReadAll(string path)
    {
        try
        {
            using var stream = Open(path);
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            return memory.ToArray();
        }
        catch (InvalidDataException e)
        {
            throw Damaged(path, e);
        }
    }

    /// <summary>The beginning of the content, shorter where there is less.</summary>
    public static byte[] ReadStart(string path, int length)
    {
        try
        {
            using var stream = Open(path);
            var start = new byte[length];
            return start[..stream.ReadAtLeast(start, length, throwOnEndOfStream: false)];
        }
        catch (InvalidDataException e)
        {
            throw Damaged(path, e);
        }
    }

    /// <summary>What to say of a file that does not decompress.</summary>
    public static ToolFault Damaged(string path, InvalidDataException e) => new($"{path} is damaged: it cannot be decompressed ({e.Message.TrimEnd('.')}).", e);
}
