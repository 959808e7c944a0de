using Microsoft.ML.DeepClustering.Tool.Input.Images;

namespace Microsoft.ML.DeepClustering.Tool.Input;

/// <summary>Finds the kind of an input by its content.</summary>
internal static class KindDetection
{
    private const int Looked = 4096;

    public static InputKind Detect(string path)
    {
        if (Directory.Exists(path))
            return InputKind.Images;
        if (!File.Exists(path))
            throw new ToolFault($"{path} does not exist; name a folder of images, or a CSV, TSV, Parquet or IDX file.");
        var start = InputFile.ReadStart(path, Looked);
        return start switch
        {
            [] => throw new ToolFault($"{path} is empty."),
            [(byte)'P', (byte)'A', (byte)'R', (byte)'1', ..] => InputKind.Parquet,
            [0, 0, IdxFile.Bytes, >= 1 and <= 4, ..] => InputKind.Idx,
            [(byte)'P', (byte)'K', 3, 4, ..] => throw new ToolFault($"{path} is a zip archive or a saved model; unpack it, or give the model first and the data after it to the command score."),
            _ when ImageFolder.IsImage(path) => throw new ToolFault($"{path} is a single image; name the folder of the images."),
            _ when IsText(start) => InputKind.Table,
            _ => throw new ToolFault($"{path} is none of the kinds that are read: a folder of images, or a CSV, TSV, Parquet or IDX file."),
        };
    }

    // UTF-16 has zeros, and a mark at its beginning.
    private static bool IsText(byte[] start) => start is [0xff, 0xfe, ..] or [0xfe, 0xff, ..] || !start.Contains((byte)0);
}
