namespace Microsoft.ML.DeepClustering;

/// <summary>What the largest shift of an image is counted in.</summary>
public enum ShiftUnit
{
    /// <summary>Shares of the length of a side.</summary>
    Share,

    /// <summary>Pixels of the image as the network takes it.</summary>
    Pixels,
}
