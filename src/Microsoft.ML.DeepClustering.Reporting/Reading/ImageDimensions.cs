using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>How a vector holds an image, by the dimensions of its type.</summary>
internal static class ImageDimensions
{
    /// <summary>(rows, columns), (channels, rows, columns) or (rows, columns, channels) of 1 or 3 channels; null for other dimensions.</summary>
    public static ImageShape? Find(VectorDataViewType type) => type.Dimensions switch
    {
        [> 0 and var height, > 0 and var width] => new ImageShape(1, height, width),
        [not (1 or 3), > 0 and var width, (1 or 3) and var channels] when type.Dimensions[0] > 0 => new ImageShape(channels, type.Dimensions[0], width, Interleaved: true),
        [(1 or 3) and var channels, > 0 and var height, > 0 and var width] => new ImageShape(channels, height, width),
        _ => null,
    };
}
