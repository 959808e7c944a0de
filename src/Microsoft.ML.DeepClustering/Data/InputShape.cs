namespace Microsoft.ML.DeepClustering.Data;

/// <summary>What one sample is: its size, whether it is an image, and how it lies in the feature column. Made once, from the column.</summary>
/// <param name="Dimensions">(d) for a vector, (channels, height, width) for an image.</param>
/// <param name="Layout">How images lie in the column; null for vectors.</param>
internal sealed record InputShape(long[] Dimensions, ImageShape? Layout = null)
{
    /// <summary>Whether a sample is an image.</summary>
    public bool IsImage => Dimensions.Length == 3;

    /// <summary>d, the number of values of a sample.</summary>
    public long Size => Dimensions.Aggregate(1L, (a, b) => a * b);

    /// <summary>The shape of an image as it lies in the column.</summary>
    public static InputShape FromImage(ImageShape image) => new([image.Channels, image.Height, image.Width], image);

    /// <summary>For example "1 x 28 x 28".</summary>
    public override string ToString() => string.Join(" x ", Dimensions);
}
