using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods.Dcn;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Options of DCN, the deep clustering network: Yang, Fu, Sidiropoulos and Hong, "Towards K-means-friendly spaces: simultaneous deep learning and
/// clustering", ICML 2017. After each step on reconstruction + λ/2 ||z - r||² every row of the batch moves its centroid.
/// </summary>
public sealed class DcnOptions : AutoencoderFamilyOptions
{
    /// <summary>The number of epochs after pretraining, 1 or more. Default: 50, as in Roy, "An approach towards learning K-means-friendly deep latent representation", Section 4.</summary>
    public int NumberOfEpochs { get; set; } = 50;

    /// <summary>
    /// λ, the weight of ||z - r||²/2 beside the reconstruction error summed over features, 0 or more. Default: 0.1, the value for USPS in Roy, Table 4.
    /// </summary>
    public double ClusteringWeight { get; set; } = 0.1;

    /// <summary>Where the centroids start. Default: k-means.</summary>
    public CentroidInitialization CentroidInitialization { get; set; } = CentroidInitialization.KMeans;

    /// <summary>DCN^np of Moradi Fard et al. 2020: no pretraining, 200 epochs, centroids from U(-1, 1).</summary>
    public static DcnOptions WithoutPretraining() => new()
    {
        PretrainingEpochs = 0, NumberOfEpochs = 200, CentroidInitialization = CentroidInitialization.Uniform,
    };

    internal override ClusteringMethod CreateMethod(InputShape shape) => new DcnMethod(this, new NetworkChoice(Network, shape));

    internal override void Validate(OptionFaults faults)
    {
        base.Validate(faults);
        faults.AtLeast(NumberOfEpochs, 1, nameof(NumberOfEpochs));
        faults.NotNegative(ClusteringWeight, nameof(ClusteringWeight));
        faults.Known(CentroidInitialization, nameof(CentroidInitialization));
    }

    /// <summary>The settings of Roy, Table 4, for DCN with pretraining, with the multilayer perceptron.</summary>
    public static class Presets
    {
        /// <summary>MNIST: λ = 10.</summary>
        public static DcnOptions Mnist() => new() { NumberOfClusters = 10, Network = NetworkKind.MultilayerPerceptron, ClusteringWeight = 10 };

        /// <summary>USPS: λ = 0.1.</summary>
        public static DcnOptions Usps() => new() { NumberOfClusters = 10, Network = NetworkKind.MultilayerPerceptron, ClusteringWeight = 0.1 };
    }
}
