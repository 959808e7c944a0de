using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Networks;

namespace Microsoft.ML.DeepClustering.Persistence;

/// <summary>Counts the weights that options and a shape ask for before any network is made, so that no forged size is given memory.</summary>
internal static class MinimumWeights
{
    /// <summary>
    /// A lower bound: it counts the layers whose sizes a file can choose. The rest of a network has a fixed size, or mirrors these layers.
    /// </summary>
    /// <exception cref="ArgumentException">The network cannot take this shape.</exception>
    public static Int128 Count(DeepClusteringOptions options, InputShape shape)
    {
        var network = new NetworkChoice(options.Network, shape);
        Int128 features = network.FeatureCount, clusters = options.NumberOfClusters;
        return network.FirstLayerWeights + options switch
        {
            DdcFamilyOptions => DdcClusteringModule.EmbeddingSize * (features + clusters),
            // To the embedding and back, and the centroids.
            AutoencoderFamilyOptions family => (Int128)(family.EmbeddingSize ?? family.NumberOfClusters) * (2 * features + clusters),
            _ => clusters,
        };
    }
}
