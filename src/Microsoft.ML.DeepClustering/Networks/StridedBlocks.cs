namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>The two convolutions of DEPICT, 50 filters and stride 2 each: 4x4 without padding, then 5x5 with 2 pixels of it. They are the authors' code's for MNIST and USPS.</summary>
internal static class StridedBlocks
{
    /// <summary>The number of filters of each.</summary>
    public const long Filters = 50;

    /// <summary>Pixels from one place of a filter to the next.</summary>
    public const long Stride = 2;

    /// <summary>The smallest side of an image of which more than a pixel is left: 8, 3, 2.</summary>
    public const long SmallestSide = 8;

    /// <summary>From the input on.</summary>
    public static IReadOnlyList<Block> All { get; } = [new(4, 0), new(5, 2)];

    /// <summary>Height and width of the image and of what each block leaves of it.</summary>
    public static IReadOnlyList<long[]> Sizes(long height, long width)
    {
        var sizes = new List<long[]> { new[] { height, width } };
        foreach (var block in All)
            sizes.Add(Array.ConvertAll(sizes[^1], block.Output));
        return sizes;
    }

    /// <summary>The length of the last block's output, flattened.</summary>
    public static Int128 Features(long height, long width) => Filters * (Int128)Sizes(height, width)[^1][0] * Sizes(height, width)[^1][1];

    /// <summary>The number of weights of the first block.</summary>
    public static Int128 FirstLayerWeights(long channels) => (Int128)channels * Filters * All[0].Side * All[0].Side;

    /// <summary>A convolution of stride 2.</summary>
    /// <param name="Side">Of its filters.</param>
    /// <param name="Padding">Pixels of zeros on each edge.</param>
    public sealed record Block(long Side, long Padding)
    {
        /// <summary>What is left of a side.</summary>
        public long Output(long side) => (side + 2 * Padding - Side) / Stride + 1;

        /// <summary>Of each side the pixels that the stride leaves over, 0 or 1.</summary>
        public long[] Missing(long[] sides) => Array.ConvertAll(sides, side => (side + 2 * Padding - Side) % Stride);
    }
}
