using System.Text.Json.Serialization;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Methods.Centering;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Options of CT, centering: Roy, "An approach towards learning K-means-friendly deep latent representation". Embeddings are drawn to the centroids,
/// which k-means on all embeddings places anew after every epoch. The defaults are the paper's for MNIST but for λ, see <see cref="ClusteringWeight"/>.
/// </summary>
/// <remarks>
/// Its own defaults: <c>LearningRate = 1e-3, Initialization = GlorotUniform, EmbeddingSize = null,
/// PretrainingLearningRate = null, Augmentation = null</c>. Lengths that are null are 50 epochs of pretraining and 100 after it, or more: Section 4.
/// </remarks>
public sealed class CenteringOptions : AutoencoderFamilyOptions
{
    /// <summary>
    /// λ, the weight of the clustering loss beside the reconstruction error summed over features, 0 or more. Default: 1. The paper has 10 for
    /// MNIST, COIL-100 and USPS (Table 4, in <see cref="Presets"/>); with that the reconstruction error of USPS grows fourfold in the first
    /// epoch, and the pretrained embedding is lost.
    /// </summary>
    public double ClusteringWeight { get; set; } = 1;

    /// <summary>α, the exponent of the inverse squared distances in the assignments, above 0. Default: 3 (Table 4).</summary>
    public double Alpha { get; set; } = 3;

    /// <summary>Whether k-means places the centroids anew after every epoch (Algorithm 1). False is an ablation of Tables 5 and 6. Default: true.</summary>
    public bool Reinitialization { get; set; } = true;

    /// <summary>Runs from k-means++ at each re-initialisation, besides the one from the present centroids, 0 or more. Default: 4.</summary>
    public int ReinitializationRestarts { get; set; } = 4;

    /// <summary>BRB: what happens every few epochs after pretraining to leave a poor clustering (Miklautz et al. 2025). Null: nothing. Default: null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public BrbOptions? Brb { get; set; }

    internal override int UsualEpochs => 100;

    internal override ClusteringMethod CreateMethod(InputShape shape) => new CenteringMethod(this, this.NetworkFor(shape));

    internal override void Validate(OptionFaults faults)
    {
        base.Validate(faults);
        Brb?.Validate(faults, nameof(Brb));
        faults.NotNegative(ClusteringWeight, nameof(ClusteringWeight));
        faults.Positive(Alpha, nameof(Alpha));
        faults.AtLeast(ReinitializationRestarts, 0, nameof(ReinitializationRestarts));
    }

    /// <summary>Settings of Roy, Table 4, with the multilayer perceptron.</summary>
    public static class Presets
    {
        /// <summary>MNIST: λ = 10, α = 3.</summary>
        public static CenteringOptions Mnist() => Create(10, 10, 3);

        /// <summary>USPS: λ = 10, α = 2.5.</summary>
        public static CenteringOptions Usps() => Create(10, 10, 2.5);

        /// <summary>COIL-100: λ = 10, α = 3.</summary>
        public static CenteringOptions Coil100() => Create(100, 10, 3);

        /// <summary>CMU-PIE: λ = 1e-3, α = 2.</summary>
        public static CenteringOptions CmuPie() => Create(68, 1e-3, 2);

        /// <summary>RCV1: λ = 1e-4, α = 2.</summary>
        public static CenteringOptions Rcv1() => Create(4, 1e-4, 2);

        private static CenteringOptions Create(int clusters, double weight, double alpha)
            => new()
            {
                NumberOfClusters = clusters, Network = NetworkKind.MultilayerPerceptron, ClusteringWeight = weight, Alpha = alpha,
                BatchSize = 256, PretrainingEpochs = 50, NumberOfEpochs = 100,
            };
    }
}
