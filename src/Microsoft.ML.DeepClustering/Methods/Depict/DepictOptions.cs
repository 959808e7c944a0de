using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods.Depict;
using Microsoft.ML.DeepClustering.Methods.Pretraining;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Options of DEPICT, deep embedded regularized clustering: Ghasedi Dizaji, Herandi, Deng, Cai and Huang, "Deep clustering via joint convolutional autoencoder embedding and relative
/// entropy minimization", ICCV 2017. An autoencoder with dropout learns to give back what it makes of each row without dropout, layer by layer; a softmax layer turns the embedding into
/// the probabilities of the clusters, which are drawn to a target of all rows.
/// </summary>
/// <remarks>
/// Its own defaults: <c>LearningRate = 1e-4, Initialization = GlorotUniform</c>.
/// <para>
/// It is made for images. On tables of few rows its last stage can carry away clear clusters, which were found in its embedding: a warning says so where more than a quarter of the rows have
/// left their clusters. Compare the silhouette with that of another method.
/// </para>
/// <para>
/// Images get two convolutions of 50 filters and stride 2, whose decoder gives values from -1 to 1: scale them so. Other data, and images where
/// <see cref="DeepClusteringOptions.Network"/> asks for it, get d-500-500-2000-p and its mirror. The hidden layers have leaky ReLU of slope 0.01, the embedding tanh.
/// </para>
/// <para>
/// Training has three stages. In "pretraining" there is the reconstruction alone. Then each row gets a first cluster by its embedding (<see cref="FirstClusters"/>), and in
/// "initialization" the network learns these: it ends when for 5 epochs (100 steps at least) no more rows than before are in their first cluster, over all rows, since no labels are known and nothing is
/// held out. In "clustering" the target is made of all rows once an epoch, after 140 steps where
/// an epoch has fewer than 30, so that it does not follow the network step by step.
/// The history has under <see cref="EpochRecord.Quantities"/> the "agreement" with the first clusters, 0 to 1, and in epochs with a new target its "change", the mean of (q - former q)².
/// </para>
/// <para>
/// Where <see cref="DeepClusteringOptions.NumberOfEpochs"/> is null "clustering" has 150 or more, where <see cref="DeepClusteringOptions.BatchSize"/> is null a step has 256 rows; up to
/// 2,048 rows are parted into even batches of at most 256. Nothing is augmented.
/// </para>
/// </remarks>
public sealed class DepictOptions : DeepClusteringOptions
{
    private const int UsualPretrainingEpochs = 50;
    private const int UsualInitializationEpochs = 50;
    private const double UsualDropout = 0.1;

    /// <summary>Options with the defaults that the remarks and the members name.</summary>
    public DepictOptions()
    {
        LearningRate = 1e-4;
        Initialization = WeightInitialization.GlorotUniform;
    }

    /// <summary>p, the length of an embedding, 1 or more; null takes the number of clusters, as in the paper. Default: null.</summary>
    public int? EmbeddingSize { get; set; }

    /// <summary>
    /// Epochs of training on reconstruction alone, 0 or more. Null: 50, or more for 400 training steps; it ends early when the reconstruction error has stopped falling: when its mean over
    /// 10 epochs (100 steps at least) is less than 0.5 % of the features' variance below that over as many before. Default: null.
    /// </summary>
    public int? PretrainingEpochs { get; set; }

    /// <summary>Adam's learning rate in pretraining, above 0; null takes <see cref="DeepClusteringOptions.LearningRate"/>, which the other stages have. Default: 1e-3.</summary>
    public double? PretrainingLearningRate { get; set; } = 1e-3;

    /// <summary>How the first clusters are found. Default: <see cref="DepictFirstClusters.PathIntegral"/>, which the authors' code takes for USPS and MNIST-test.</summary>
    public DepictFirstClusters FirstClusters { get; set; }

    /// <summary>The largest number of epochs of training on the first clusters, 1 or more. Null: 50, or more for 200 training steps. Default: null.</summary>
    public int? InitializationEpochs { get; set; }

    /// <summary>
    /// The share of the input, and of what the first hidden layer gives, that a training step sets to 0 at random on the path with noise, 0 to below 1. Null: 0.1 for images, as in the
    /// authors' code, and 0 for other rows, which look like those of another cluster without one of their few features. Default: null.
    /// </summary>
    public double? Dropout { get; set; }

    /// <summary>
    /// The weight of the reconstruction error of each hidden layer beside that of the input, 0 or more; all are means over elements. Default: 0.1, as in the authors' code.
    /// </summary>
    public double LayerReconstructionWeight { get; set; } = 0.1;

    /// <summary>What the probabilities are drawn to. Default: <see cref="DepictTarget.Squared"/>, as in the authors' code.</summary>
    public DepictTarget Target { get; set; }

    /// <summary>Training ends with the epoch after which the mean of (q - former q)² over the target is below this, 0 or more. With 0 it never ends early. Default: 1e-7, as in the authors' code.</summary>
    public double TargetTolerance { get; set; } = 1e-7;

    /// <summary>n_init: where the first clusters are those of k-means, it is run from so many k-means++ initialisations, and the best result is kept; 1 or more. Default: 20.</summary>
    public int KMeansRestarts { get; set; } = 20;

    internal override int UsualEpochs => 150;

    /// <summary><see cref="Dropout"/> for rows of a shape.</summary>
    internal double DropoutFor(InputShape shape) => Dropout ?? (shape.IsImage ? UsualDropout : 0);

    /// <summary>The largest number of epochs of pretraining for so many rows.</summary>
    internal int PretrainingEpochsFor(long rows) => PretrainingEpochs ?? LengthRule.Epochs(UsualPretrainingEpochs, LengthRule.PretrainingSteps, rows, BatchSizeFor(rows));

    /// <summary>The largest number of epochs on the first clusters for so many rows.</summary>
    internal int InitializationEpochsFor(long rows) => InitializationEpochs ?? LengthRule.Epochs(UsualInitializationEpochs, LengthRule.Steps, rows, BatchSizeFor(rows));

    internal override (string Option, double Value) LearningRateOf(string phase)
        => phase == PretrainingPhase.PhaseName && PretrainingLearningRate is { } rate ? (nameof(PretrainingLearningRate), rate) : base.LearningRateOf(phase);

    internal override ClusteringMethod CreateMethod(InputShape shape) => new DepictMethod(this, NetworkFor(shape));

    internal override InputPreparation PreparationFor(InputShape shape) => NetworkFor(shape).Preparation;

    internal override Int128 MinimumWeights(InputShape shape)
    {
        var (first, features) = LayerwiseAutoencoder.MinimumWeights(NetworkFor(shape));
        // To the embedding and back, and θ.
        return first + ((Int128)(EmbeddingSize ?? NumberOfClusters) * (2 * features + NumberOfClusters));
    }

    internal override Int128 MirroredWeights(InputShape shape) => LayerwiseAutoencoder.MinimumWeights(NetworkFor(shape)).Weights;

    private protected override IEnumerable<string> SizesOfTheNetwork => EmbeddingSize is { } size ? [.. base.SizesOfTheNetwork, $"EmbeddingSize ({size})"] : base.SizesOfTheNetwork;

    internal override void Validate(OptionFaults faults)
    {
        base.Validate(faults);
        faults.AtLeast(EmbeddingSize ?? 1, 1, nameof(EmbeddingSize));
        faults.AtLeast(PretrainingEpochs ?? 0, 0, nameof(PretrainingEpochs));
        faults.Positive(PretrainingLearningRate ?? 1, nameof(PretrainingLearningRate));
        faults.AtLeast(InitializationEpochs ?? 1, 1, nameof(InitializationEpochs));
        faults.Require(Dropout is null or (>= 0 and < 1), nameof(Dropout), Dropout, "0 to below 1");
        faults.NotNegative(LayerReconstructionWeight, nameof(LayerReconstructionWeight));
        faults.Known(FirstClusters, nameof(FirstClusters));
        faults.Known(Target, nameof(Target));
        faults.NotNegative(TargetTolerance, nameof(TargetTolerance));
        faults.AtLeast(KMeansRestarts, 1, nameof(KMeansRestarts));
    }

    private NetworkChoice NetworkFor(InputShape shape) => new(Network, shape, HiddenLayers, StridedBlocks.SmallestSide);

    /// <summary>Settings of the paper.</summary>
    public static class Presets
    {
        /// <summary>
        /// MNIST and USPS in the authors' code: Adam at 1e-4, batches of 100, at most 4,000 epochs of each stage; for the 70,000 images of MNIST the code begins with k-means from 40 initialisations, so set <see cref="FirstClusters"/>. Hours to days. The code ends pretraining by
        /// the error of 10 % of the rows, which it chooses by their classes; here it has its whole length.
        /// </summary>
        public static DepictOptions Published() => new()
        {
            Dropout = UsualDropout,
            NumberOfClusters = 10, BatchSize = 100, PretrainingEpochs = 4000, InitializationEpochs = 4000, NumberOfEpochs = 4000, PretrainingLearningRate = 1e-4, KMeansRestarts = 40,
        };
    }
}
