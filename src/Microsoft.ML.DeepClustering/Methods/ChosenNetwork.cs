using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Networks;

namespace Microsoft.ML.DeepClustering.Methods;

/// <summary>The network that options ask for.</summary>
internal static class ChosenNetwork
{
    /// <summary>The network for samples of a shape.</summary>
    /// <exception cref="ArgumentException">The network that was asked for cannot take this shape.</exception>
    public static NetworkChoice NetworkFor(this DeepClusteringOptions options, InputShape shape)
        => new(options.Network, shape, options.HiddenLayers, negativeSlope: options.ReluSlope, normalization: options.Normalization);
}
