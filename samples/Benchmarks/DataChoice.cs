using System.CommandLine;
using Microsoft.ML.Data;
using Samples;

namespace Benchmarks;

/// <summary>A row of data with an image of any size.</summary>
internal sealed class ImageRow
{
    public float[] Features { get; set; } = [];

    public float Label { get; set; }
}

/// <summary>The options that choose the images, and the images as an IDataView.</summary>
internal sealed class DataChoice
{
    private readonly Option<string> _name = new("--data") { DefaultValueFactory = _ => "usps", Description = "usps, mnist or fashion" };
    private readonly Option<string> _folder = new("--folder") { Required = true, Description = "The folder of the data files" };
    private readonly Option<int> _rows = new("--rows") { DefaultValueFactory = _ => int.MaxValue, Description = "The number of images, from the first" };

    private readonly Option<float> _low = new("--low") { DefaultValueFactory = _ => -1, Description = "The lowest value of a pixel" };
    private readonly Option<float> _high = new("--high") { DefaultValueFactory = _ => 1, Description = "The highest value of a pixel" };

    public void AddTo(Command command)
    {
        command.Add(_name);
        command.Add(_folder);
        command.Add(_rows);
        command.Add(_low);
        command.Add(_high);
    }

    public ImageSet Images(ParseResult parsed)
        => Images(parsed.GetValue(_name)!, parsed.GetValue(_folder)!, parsed.GetValue(_rows), parsed.GetValue(_low), parsed.GetValue(_high));

    public static ImageSet Images(string name, string folder, int rows, float low, float high)
    {
        string File(string file) => Path.Combine(folder, file);
        var images = name switch
        {
            "usps" => ImageFiles.ReadUsps(File("zip.train.gz"), File("zip.test.gz")),
            "mnist" => ImageFiles.ReadIdx(File("t10k-images-idx3-ubyte.gz"), File("t10k-labels-idx1-ubyte.gz")),
            "fashion" => ImageFiles.ReadIdx(File("train-images-idx3-ubyte.gz"), File("train-labels-idx1-ubyte.gz")),
            _ => throw new ArgumentException($"--data is {name}; it must be usps, mnist or fashion."),
        };
        return Scaled(images.Take(rows), low, high);
    }

    // From [-1, 1].
    private static ImageSet Scaled(ImageSet images, float low, float high)
        => images with { Pixels = Array.ConvertAll(images.Pixels, image => Array.ConvertAll(image, p => low + (p + 1) / 2 * (high - low))) };

    /// <summary>Of rows with such images.</summary>
    public static SchemaDefinition Schema(ImageSet images) => Schema(1, images.Height, images.Width);

    /// <summary>Of rows whose features have these dimensions.</summary>
    public static SchemaDefinition Schema(params int[] dimensions)
    {
        var schema = SchemaDefinition.Create(typeof(ImageRow));
        schema[nameof(ImageRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, dimensions);
        return schema;
    }

    public static IDataView View(MLContext ml, ImageSet images)
        => ml.Data.LoadFromEnumerable(images.Pixels.Zip(images.Labels, (p, l) => new ImageRow { Features = p, Label = l }).ToArray(), Schema(images));
}
