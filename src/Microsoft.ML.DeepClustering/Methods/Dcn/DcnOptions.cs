using System.Text.Json.Serialization;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Methods.Dcn;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Options of DCN, the deep clustering network: Yang, Fu, Sidiropoulos and Hong, "Towards K-means-friendly spaces: simultaneous deep learning and
/// clustering", ICML 2017. After each step on reconstruction + λ/2 ||z - r||² every row of the batch moves its centroid.
/// </summary>
/// <remarks>
/// Its own defaults: <c>LearningRate = 1e-3, Initialization = GlorotUniform, EmbeddingSize = null,
/// PretrainingLearningRate = null, Augmentation = null</c>. Lengths that are null are 50 epochs of pretraining and 50 after it, or more, as in Moradi Fard et al.
/// 2020, Section 4.3; Roy, "An approach towards learning K-means-friendly deep latent representation", Section 4.4, has 100 after it.
/// </remarks>
public sealed class DcnOptions : AutoencoderFamilyOptions
{
    /// <summary>
    /// λ, the weight of ||z - r||²/2 beside the reconstruction error summed over features, 0 or more. Default: 0.1, the value for USPS in Roy, Table 4.
    /// </summary>
    public double ClusteringWeight { get; set; } = 0.1;

    /// <summary>How the centroids are initialised. Default: <see cref="CentroidInitialization.KMeans"/>.</summary>
    public CentroidInitialization CentroidInitialization { get; set; } = CentroidInitialization.KMeans;

    /// <summary>
    /// Whether the steps after pretraining are taken with a new optimiser, as in the code of Leiber et al. 2024 and Miklautz et al. 2025. Else that of pretraining goes on with its moments:
    /// where the gradients are much larger then, its first steps are several times too long. Without pretraining, or
    /// after one by <see cref="OptimizerKind.Momentum"/>, the optimiser is new in any case. Default: false.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FreshOptimizer { get; set; }

    /// <summary>
    /// How far the centroids follow their rows, 0 to 1, or null. Null: after each step every row moves its centroid by r ← r - (1/c)(r - z), where c starts at 100 and counts the rows
    /// (Yang et al., Equation 8), so that centroids come to rest while the network goes on. A rate: after each epoch a pass over all rows in batches moves each centroid
    /// by that share of the way to the mean of its rows in the batch, so that they never rest; 0 leaves them where they began. The code of Miklautz et al. 2025 has 1/101. Default: null.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double? CentroidRate { get; set; }

    /// <summary>BRB: what happens every few epochs after pretraining to leave a poor clustering (Miklautz et al. 2025). Null: nothing. Default: null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public BrbOptions? Brb { get; set; }

    /// <summary>
    /// Whether the loss is the mean of that of the image and that of the changed image, with the nearest centroid of the clean one for both (Miklautz et al. 2025). Without
    /// <see cref="AutoencoderFamilyOptions.Augmentation"/> both are the same, which the log says. Default: false.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool PairLoss { get; set; }

    /// <summary>
    /// UNSEEN: <see cref="DeepClusteringOptions.NumberOfClusters"/> is the upper bound, and clusters die while the method trains; the model has as many as are left (Leiber et al. 2024).
    /// The history has their number under <see cref="EpochRecord.Quantities"/>, "clusters". Null: none dies. Default: null.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public UnseenOptions? Unseen { get; set; }

    internal override bool HasFreshOptimizer => FreshOptimizer;

    internal override UnseenOptions? UnseenRule => Unseen;

    internal override void ForgetUnseen() => Unseen = null;

    internal override bool HasPairLoss => PairLoss;

    internal override bool AugmentsClustering => PairLoss;

    internal override int UsualEpochs => 50;

    internal override ClusteringMethod CreateMethod(InputShape shape) => new DcnMethod(this, this.NetworkFor(shape));

    internal override void Validate(OptionFaults faults)
    {
        base.Validate(faults);
        Brb?.Validate(faults, nameof(Brb));
        faults.NotNegative(ClusteringWeight, nameof(ClusteringWeight));
        faults.Require(CentroidRate is null or (>= 0 and <= 1), nameof(CentroidRate), CentroidRate, "0 to 1, or null");
        faults.Known(CentroidInitialization, nameof(CentroidInitialization));
    }

    /// <summary>Settings of the papers.</summary>
    public static class Presets
    {
        /// <summary>MNIST, Roy, Table 4: the multilayer perceptron, λ = 10.</summary>
        public static DcnOptions Mnist() => Create(10);

        /// <summary>USPS, Roy, Table 4: the multilayer perceptron, λ = 0.1.</summary>
        public static DcnOptions Usps() => Create(0.1);

        /// <summary>DCN^np of Moradi Fard et al. 2020: the multilayer perceptron, no pretraining, 200 epochs, centroids from U(-1, 1). λ is 0.1, as by default.</summary>
        public static DcnOptions WithoutPretraining() => new()
        {
            Network = NetworkKind.MultilayerPerceptron, BatchSize = 256, PretrainingEpochs = 0, NumberOfEpochs = 200, CentroidInitialization = CentroidInitialization.Uniform,
        };

        /// <summary>
        /// DCN + BRB of Miklautz et al. 2025; otherwise as <see cref="DecOptions.Presets.Brb25"/>. The authors weigh (1/k) ||z - r||² with 0.025 beside the mean squared error over d
        /// features, which is λ = 0.05 d / k here.
        /// Their counts of rows are meant to move, and stay at 100: <see cref="CentroidRate"/> 1/101.
        /// </summary>
        /// <param name="numberOfClusters">k.</param>
        /// <param name="numberOfFeatures">d, 784 for images of 28 x 28.</param>
        public static DcnOptions Brb25(int numberOfClusters = 10, int numberOfFeatures = 784)
        {
            var options = new DcnOptions
            {
                NumberOfClusters = numberOfClusters, ClusteringWeight = 0.05 * numberOfFeatures / numberOfClusters, Brb = new(), PairLoss = true, FreshOptimizer = true, CentroidRate = 1.0 / 101,
            };
            options.SetBrb25();
            return options;
        }

        /// <summary>
        /// UNSEEN + DCN of Leiber et al. 2024; otherwise as <see cref="DecOptions.Presets.Unseen24"/>. Their λ of 0.05 stands beside the mean squared error over d features, which is λ = 0.05 d here.
        /// </summary>
        /// <param name="numberOfFeatures">d, 784 for images of 28 x 28.</param>
        public static DcnOptions Unseen24(int numberOfFeatures = 784)
        {
            var options = new DcnOptions { Unseen = new(), FreshOptimizer = true, ClusteringWeight = 0.05 * numberOfFeatures };
            options.SetUnseen24();
            return options;
        }

        private static DcnOptions Create(double weight) => new()
        {
            NumberOfClusters = 10, Network = NetworkKind.MultilayerPerceptron, ClusteringWeight = weight,
            BatchSize = 256, PretrainingEpochs = 50, NumberOfEpochs = 50,
        };
    }
}
