using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>The 256 bytes in front of a model: where its parts lie, what it is and what loads it.</summary>
internal sealed class ModelHeader
{
    public const int Size = 256;
    public const int LoaderSignatureSize = 24;

    private const ulong Signature = 0x4C45444F4D004C4D; // "ML\0MODEL"
    private const ulong TailSignature = 0x4D4C004D4F44454C; // its mirror image
    private const uint WrittenVersion = 0x00010002;
    private const uint ReadableVersion = 0x00010001;
    private const int ModelSignatureSize = 8;
    private const int UsedSize = 0x9C;

    public string ModelSignature { get; private set; } = "";

    public uint ModelVerWritten { get; private set; }

    public uint ModelVerReadable { get; private set; }

    public string LoaderSignature { get; private set; } = "";

    public string LoaderSignatureAlt { get; private set; } = "";

    public string LoaderAssemblyName { get; private set; }

    /// <summary>Where the model block starts, from the header's own start.</summary>
    public long ModelStart { get; private set; } = Size;

    public long ModelSize { get; private set; }

    private long TailStart { get; set; }

    public void SetVersionInfo(VersionInfo version)
    {
        ModelSignature = version.ModelSignature;
        ModelVerWritten = version.VerWrittenCur;
        ModelVerReadable = version.VerReadableCur;
        LoaderSignature = version.LoaderSignature ?? "";
        LoaderSignatureAlt = version.LoaderSignatureAlt ?? "";
        LoaderAssemblyName = version.LoaderAssemblyName;
    }

    /// <summary>Writes what follows the model block, then the header in front of it.</summary>
    public void Finish(BinaryWriter writer, long start)
    {
        writer.Flush();
        var stream = writer.BaseStream;
        ModelSize = stream.Position - start - ModelStart;
        var nameStart = stream.Position - start;
        var name = Encoding.Unicode.GetBytes(LoaderAssemblyName ?? "");
        writer.Write(name);
        TailStart = stream.Position - start;
        writer.Write(TailSignature);
        writer.Flush();
        var end = stream.Position;

        stream.Position = start;
        writer.Write(Signature);
        writer.Write(WrittenVersion);
        writer.Write(ReadableVersion);
        writer.Write(ModelStart);
        writer.Write(ModelSize);
        // No string table, no string characters.
        for (var i = 0; i < 4; i++)
            writer.Write(0L);
        WriteText(writer, ModelSignature, ModelSignatureSize);
        writer.Write(ModelVerWritten);
        writer.Write(ModelVerReadable);
        WriteText(writer, LoaderSignature, LoaderSignatureSize);
        WriteText(writer, LoaderSignatureAlt, LoaderSignatureSize);
        writer.Write(TailStart);
        writer.Write(end - start);
        writer.Write(name.Length == 0 ? 0L : nameStart);
        writer.Write((uint)name.Length);
        writer.Write(new byte[Size - UsedSize]);
        writer.Flush();
        stream.Position = end;
    }

    /// <summary>Reads a header and leaves the reader at the start of its model block.</summary>
    public static ModelHeader Read(BinaryReader reader, long start)
    {
        var stream = reader.BaseStream;
        Check(stream.Length - start >= Size);
        var header = new ModelHeader();
        Check(reader.ReadUInt64() == Signature);
        reader.ReadUInt32();
        Check(reader.ReadUInt32() <= WrittenVersion);
        header.ModelStart = reader.ReadInt64();
        header.ModelSize = reader.ReadInt64();
        stream.Position = start + 0x40;
        header.ModelSignature = ReadText(reader, ModelSignatureSize);
        header.ModelVerWritten = reader.ReadUInt32();
        header.ModelVerReadable = reader.ReadUInt32();
        header.LoaderSignature = ReadText(reader, LoaderSignatureSize);
        header.LoaderSignatureAlt = ReadText(reader, LoaderSignatureSize);
        header.TailStart = reader.ReadInt64();
        var limit = reader.ReadInt64();
        var nameStart = reader.ReadInt64();
        var nameSize = reader.ReadUInt32();

        Check(limit >= Size && limit <= stream.Length - start);
        Check(header.ModelStart >= Size && header.ModelSize >= 0 && header.ModelStart <= limit - header.ModelSize);
        Check(header.TailStart >= 0 && header.TailStart <= limit - sizeof(ulong));
        Check(nameStart >= 0 && nameStart <= limit - nameSize);
        stream.Position = start + header.TailStart;
        Check(reader.ReadUInt64() == TailSignature);
        stream.Position = start + nameStart;
        header.LoaderAssemblyName = Encoding.Unicode.GetString(reader.ReadBytes((int)nameSize));
        stream.Position = start + header.ModelStart;
        return header;
    }

    /// <summary>Checks that a reader that knows <paramref name="version"/> can read this model.</summary>
    public void Check(VersionInfo version)
    {
        Contracts.CheckDecode(null, ModelSignature == version.ModelSignature, "Unknown file type");
        Contracts.CheckDecode(
            null,
            ModelVerReadable <= version.VerWrittenCur,
            $"Cause: cannot read component '{version.LoaderSignature}' of the model, because the model is too new: it needs version 0x{ModelVerReadable:X8}, this is version 0x{version.VerWrittenCur:X8}.");
        Contracts.CheckDecode(
            null,
            ModelVerWritten >= version.VerWeCanReadBack,
            $"Cause: cannot read component '{version.LoaderSignature}' of the model, because the model is too old: its version is 0x{ModelVerWritten:X8}, the oldest that can be read is 0x{version.VerWeCanReadBack:X8}.");
    }

    private static void Check(bool condition) => Contracts.CheckDecode(null, condition);

    private static void WriteText(BinaryWriter writer, string text, int size)
    {
        var bytes = new byte[size];
        Encoding.ASCII.GetBytes(text, bytes);
        writer.Write(bytes);
    }

    private static string ReadText(BinaryReader reader, int size)
        => Encoding.ASCII.GetString(reader.ReadBytes(size)).TrimEnd('\0');
}
