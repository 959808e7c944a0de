namespace Microsoft.ML.DeepClustering;

/// <summary>How a feature vector holds an image.</summary>
/// <param name="Channels">The number of channels, 1 for grey.</param>
/// <param name="Height">Rows, in pixels.</param>
/// <param name="Width">Columns, in pixels.</param>
/// <param name="Interleaved">
/// False: planar, (channel, row, column) with the column running fastest. True: (row, column, channel), the channels of a pixel together.
/// </param>
public readonly record struct ImageShape(int Channels, int Height, int Width, bool Interleaved = false)
{
    /// <summary>The number of values in an image of this shape.</summary>
    public long Size => (long)Channels * Height * Width;

    /// <summary>For example "1 x 28 x 28 (channels, height, width)".</summary>
    public override string ToString() => Interleaved
        ? $"{Height} x {Width} x {Channels} (height, width, channels)"
        : $"{Channels} x {Height} x {Width} (channels, height, width)";
}
