namespace Microsoft.ML.DeepClustering;

/// <summary>The network that turns features into an embedding.</summary>
public enum NetworkKind
{
    /// <summary>Convolutional for images, a multilayer perceptron for other vectors.</summary>
    Auto,

    /// <summary>The convolutional network of Trosten et al. 2021, Table 1. The features must be images.</summary>
    Convolutional,

    /// <summary>
    /// Fully connected layers of 500, 500 and 2000 units with ReLU, or as <see cref="DeepClusteringOptions.HiddenLayers"/> and
    /// <see cref="AutoencoderFamilyOptions.NegativeSlope"/> say. Images are flattened.
    /// </summary>
    MultilayerPerceptron,
}
