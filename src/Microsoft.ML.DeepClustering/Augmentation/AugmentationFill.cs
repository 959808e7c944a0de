namespace Microsoft.ML.DeepClustering;

/// <summary>What lies beyond the border of an image that is changed.</summary>
public enum AugmentationFill
{
    /// <summary>The nearest pixel of the border.</summary>
    Border,

    /// <summary>Zeros.</summary>
    Zeros,

    /// <summary>The image mirrored at its border.</summary>
    Reflection,
}
