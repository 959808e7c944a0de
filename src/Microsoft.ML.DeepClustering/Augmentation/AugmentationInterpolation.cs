namespace Microsoft.ML.DeepClustering;

/// <summary>How a pixel of a changed image follows from the pixels about its origin.</summary>
public enum AugmentationInterpolation
{
    /// <summary>The four pixels about it, weighted by nearness.</summary>
    Bilinear,

    /// <summary>The nearest pixel.</summary>
    Nearest,
}
