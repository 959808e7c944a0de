using Microsoft.ML;
using Microsoft.ML.Data;
using Samples;

namespace ClusterImages;

/// <summary>A row of data. The size of the images is known only when they are read, so it is not written as an attribute.</summary>
internal sealed class ImageRow
{
    public float[] Features { get; set; } = [];

    public float Label { get; set; }

    /// <summary>The images as data whose feature column knows that it holds images: a vector of dimensions (channels, height, width).</summary>
    public static IDataView View(MLContext ml, ImageSet images)
        => ml.Data.LoadFromEnumerable(images.Pixels.Zip(images.Labels, (p, l) => new ImageRow { Features = p, Label = l }).ToArray(), Schema(images));

    public static SchemaDefinition Schema(ImageSet images)
    {
        var schema = SchemaDefinition.Create(typeof(ImageRow));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 1, images.Height, images.Width);
        return schema;
    }
}
