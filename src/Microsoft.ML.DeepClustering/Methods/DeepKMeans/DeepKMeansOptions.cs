using System.Text.Json.Serialization;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Methods.DeepKMeans;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Options of Deep k-Means: Moradi Fard, Thonet and Gaussier, "Deep k-Means: jointly clustering with k-means and learning representations",
/// Pattern Recognition Letters 138, 2020. A differentiable form of k-means trains the centroids with the network. The defaults are DKM^p.
/// </summary>
/// <remarks>
/// Its own defaults: <c>LearningRate = 1e-3, Initialization = GlorotUniform, EmbeddingSize = null,
/// PretrainingLearningRate = null, Augmentation = null</c>. Lengths that are null are 50 epochs of pretraining and 100 after it, or more: Section 4.3.
/// </remarks>
public sealed class DeepKMeansOptions : AutoencoderFamilyOptions
{
    /// <summary>λ, the weight of the clustering loss beside the reconstruction error summed over features, 0 or more. Default: 1, the value for MNIST and USPS (Section 4.3).</summary>
    public double ClusteringWeight { get; set; } = 1;

    /// <summary>α, the inverse temperature of the assignments, above 0. Without effect when <see cref="Annealing"/> is set. Default: 1000.</summary>
    public double Alpha { get; set; } = 1000;

    /// <summary>
    /// Whether α grows through 40 values, each for a fortieth of the epochs: α_1 = 0.1, α_{n+1} = 2^(1/ln(n+1)²) α_n (Section 4.2).
    /// <see cref="DeepClusteringOptions.NumberOfEpochs"/> must then be 40 or more. Default: false.
    /// </summary>
    public bool Annealing { get; set; }

    /// <summary>How the centroids are initialised. Default: <see cref="CentroidInitialization.KMeans"/>.</summary>
    public CentroidInitialization CentroidInitialization { get; set; } = CentroidInitialization.KMeans;

    /// <summary>Whether k-means on all embeddings places the centroids anew after every epoch, an ablation of Roy, Tables 5 and 6. Default: false.</summary>
    public bool Reinitialization { get; set; }

    /// <summary>Runs from k-means++ at each re-initialisation, besides the one from the present centroids, 0 or more. Default: 4.</summary>
    public int ReinitializationRestarts { get; set; } = 4;

    /// <summary>
    /// Whether the steps after pretraining are taken with a new optimiser, as in the code of Leiber et al. 2024 and Miklautz et al. 2025. Else that of pretraining goes on with its moments:
    /// where the gradients are much larger then, its first steps are several times too long. Without pretraining, or
    /// after one by <see cref="OptimizerKind.Momentum"/>, the optimiser is new in any case. Default: false.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FreshOptimizer { get; set; }

    /// <summary>BRB: what happens every few epochs after pretraining to leave a poor clustering (Miklautz et al. 2025). Null: nothing. Default: null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public BrbOptions? Brb { get; set; }

    /// <summary>
    /// UNSEEN: <see cref="DeepClusteringOptions.NumberOfClusters"/> is the upper bound, and clusters die while the method trains; the model has as many as are left (Leiber et al. 2024).
    /// The history has their number under <see cref="EpochRecord.Quantities"/>, "clusters". Null: none dies. Default: null.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public UnseenOptions? Unseen { get; set; }

    internal override bool HasFreshOptimizer => FreshOptimizer;

    internal override UnseenOptions? UnseenRule => Unseen;

    internal override void ForgetUnseen() => Unseen = null;

    internal override int UsualEpochs => 100;

    // Each value of α lasts for an epoch or more.
    internal override int MinimumEpochs => Annealing ? AnnealingSchedule.Values : base.MinimumEpochs;

    internal override ClusteringMethod CreateMethod(InputShape shape) => new DeepKMeansMethod(this, this.NetworkFor(shape));

    internal override void Validate(OptionFaults faults)
    {
        base.Validate(faults);
        Brb?.Validate(faults, nameof(Brb));
        Unseen?.RequireMovable(faults, $"{nameof(Brb)}.{nameof(BrbOptions.Reclusters)}", Brb is { Reclusters: true });
        Unseen?.RequireMovable(faults, nameof(Reinitialization), Reinitialization);
        faults.NotNegative(ClusteringWeight, nameof(ClusteringWeight));
        faults.Positive(Alpha, nameof(Alpha));
        faults.Known(CentroidInitialization, nameof(CentroidInitialization));
        faults.AtLeast(ReinitializationRestarts, 0, nameof(ReinitializationRestarts));
    }

    /// <summary>Settings of Moradi Fard et al. 2020: <see cref="Annealed"/>; and of Roy, Table 4, for DKM^p with the multilayer perceptron: the others.</summary>
    public static class Presets
    {
        /// <summary>
        /// DKM^a of Moradi Fard et al. 2020, Section 4.2: the multilayer perceptron, no pretraining, centroids from U(-1, 1), 40 values of α for 5 epochs each. λ is 0.1: the paper's stands in a supplement, and with 1
        /// clusters lose all of their rows, three of ten on USPS and eight on the digits of UCI.
        /// </summary>
        public static DeepKMeansOptions Annealed() => new()
        {
            Network = NetworkKind.MultilayerPerceptron, ClusteringWeight = 0.1, BatchSize = 256, PretrainingEpochs = 0, NumberOfEpochs = 200, Annealing = true, CentroidInitialization = CentroidInitialization.Uniform,
        };

        /// <summary>MNIST: λ = 1.</summary>
        public static DeepKMeansOptions Mnist() => Create(10, 1);

        /// <summary>USPS: λ = 1.</summary>
        public static DeepKMeansOptions Usps() => Create(10, 1);

        /// <summary>COIL-100: λ = 0.1.</summary>
        public static DeepKMeansOptions Coil100() => Create(100, 0.1);

        /// <summary>CMU-PIE: λ = 0.01.</summary>
        public static DeepKMeansOptions CmuPie() => Create(68, 0.01);

        /// <summary>RCV1: λ = 0.01.</summary>
        public static DeepKMeansOptions Rcv1() => Create(4, 0.01);

        /// <summary>
        /// UNSEEN + DKM of Leiber et al. 2024, α = 1000; otherwise as <see cref="DecOptions.Presets.Unseen24"/>. Their λ of 1 stands beside the mean squared error over d features, which is λ = d here.
        /// </summary>
        /// <param name="numberOfFeatures">d, 784 for images of 28 x 28.</param>
        public static DeepKMeansOptions Unseen24(int numberOfFeatures = 784)
        {
            var options = new DeepKMeansOptions { Unseen = new(), FreshOptimizer = true, ClusteringWeight = numberOfFeatures };
            options.SetUnseen24();
            return options;
        }

        private static DeepKMeansOptions Create(int clusters, double weight)
            => new()
            {
                NumberOfClusters = clusters, Network = NetworkKind.MultilayerPerceptron, ClusteringWeight = weight,
                BatchSize = 256, PretrainingEpochs = 50, NumberOfEpochs = 100,
            };
    }
}
