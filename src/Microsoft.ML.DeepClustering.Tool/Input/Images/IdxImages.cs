using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Tool.Input.Views;

namespace Microsoft.ML.DeepClustering.Tool.Input.Images;

/// <summary>Images of an IDX file, of (count, height, width) or (count, height, width, channels).</summary>
internal static class IdxImages
{
    /// <summary>The column of pixels: it is the model's column of features.</summary>
    public const string PixelColumn = "Features";

    /// <summary>The size of the images, without reading on where it cannot be one.</summary>
    public static PixelFormat FormatOf(IdxFile file, string path, bool centered) => file switch
    {
        { Count: 0 } => throw new ToolFault($"{path} has no images."),
        { Sizes: [_, > 0 and var height, > 0 and var width] } => new(width, height, Color: false, centered),
        { Sizes: [_, > 0 and var height, > 0 and var width, 1] } => new(width, height, Color: false, centered),
        { Sizes: [_, > 0 and var height, > 0 and var width, 3] } => new(width, height, Color: true, centered),
        { Sizes.Length: 1 } => throw new ToolFault($"{path} holds labels, not images; name the file of the images, and this one with --label-file."),
        _ => throw new ToolFault($"{path} holds {string.Join(" x ", file.Sizes)} values, which are no images: (count, height, width), or with 3 channels at the end."),
    };

    /// <summary>Scaled, planar pixels.</summary>
    public static ViewColumn Pixels(IdxFile file, PixelFormat format)
    {
        var pixels = new float[file.Count][];
        for (var i = 0; i < file.Count; i++)
            pixels[i] = Scale(file.Values.AsSpan(i * file.ItemSize, file.ItemSize), format);
        return ViewColumn.Vectors(PixelColumn, TypeOf(format), pixels);
    }

    public static VectorDataViewType TypeOf(PixelFormat format) => new(NumberDataViewType.Single, format.Channels, format.Height, format.Width);

    /// <summary>The labels of a file, as texts.</summary>
    public static string[] Labels(string path, int count, string imagePath)
    {
        var file = IdxFile.Read(path);
        if (file.Sizes.Length != 1)
            throw new ToolFault($"{path} holds no labels: it has {file.Sizes.Length} sizes, and a file of labels has one.");
        return file.Count == count
            ? [.. file.Values.Select(v => v.ToString(CultureInfo.InvariantCulture))]
            : throw new ToolFault($"{imagePath} has {count} images, but {path} has {file.Count} labels.");
    }

    private static float[] Scale(ReadOnlySpan<byte> values, PixelFormat format)
    {
        var plane = format.Width * format.Height;
        var scaled = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var place = i % format.Channels * plane + i / format.Channels;
            scaled[place] = format.Centered ? values[i] / 127.5f - 1 : values[i] / 255f;
        }

        return scaled;
    }
}
