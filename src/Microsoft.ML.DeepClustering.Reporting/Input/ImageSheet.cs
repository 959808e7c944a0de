namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Images with their clusters, of which a report shows the 8 nearest to each cluster and the 8 farthest from it.</summary>
/// <param name="Height">Rows of an image, in pixels.</param>
/// <param name="Width">Columns of an image, in pixels.</param>
/// <param name="Pixels">The images: channel by channel, row by row, as the library takes them.</param>
/// <param name="Clusters">The cluster of each image, 1 to k; 0 for none.</param>
/// <param name="Distances">The distance of each image to its cluster, such as its score.</param>
internal sealed record ImageSheet(
    int Height, int Width, IReadOnlyList<float[]> Pixels, IReadOnlyList<int> Clusters, IReadOnlyList<float> Distances)
{
    /// <summary>1 for grey, 3 for red, green, blue. Default: 1.</summary>
    public int Channels { get; init; } = 1;

    /// <summary>The image that stands for each cluster, such as what its centroid is decoded to, that of cluster 1 first. Default: none.</summary>
    public IReadOnlyList<float[]> Decoded { get; init; } = [];

    /// <summary>The value of black. Default: 0.</summary>
    public float Low { get; init; }

    /// <summary>The value of white, or of the full colour. Default: 1.</summary>
    public float High { get; init; } = 1;
}
