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

    /// <summary>The smallest value of each channel of the image: the black of images of a light object on black, whatever their scale.</summary>
    Minimum,
}
