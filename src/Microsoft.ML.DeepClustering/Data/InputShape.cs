namespace Microsoft.ML.DeepClustering.Data;

/// <summary>The shape of one sample as the network sees it: (d) for a vector, (channels, height, width) for an image.</summary>
internal sealed record InputShape(long[] Dimensions)
{
    public bool IsImage => Dimensions.Length == 3;

    public long Size => Dimensions.Aggregate(1L, (a, b) => a * b);

    public override string ToString() => string.Join(" x ", Dimensions);
}
