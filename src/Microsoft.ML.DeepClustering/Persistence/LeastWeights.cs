using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Networks;

namespace Microsoft.ML.DeepClustering.Persistence;

/// <summary>How many weights options and a shape ask for, counted before any network is made, so that no forged size gets memory.</summary>
internal static class LeastWeights
{
    /// <summary>
    /// A lower bound that has the layers whose sizes a file can choose; the rest of a network is of fixed size, or the mirror of these.
    /// </summary>
    /// <exception cref="ArgumentException">The network cannot take this shape.</exception>
    public static Int128 Of(DeepClusteringOptions options, InputShape shape)
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
