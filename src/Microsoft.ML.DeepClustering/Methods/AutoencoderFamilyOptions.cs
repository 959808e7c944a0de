using System.Text.Json.Serialization;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Methods.Pretraining;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// What the methods with an autoencoder and centroids have in common. The network is that of DEC (Xie et al. 2016): d-500-500-2000-p and its
/// mirror, or for images the convolutional one with its mirror; <see cref="DeepClusteringOptions.Network"/> chooses.
/// Where <see cref="DeepClusteringOptions.BatchSize"/> is null a step has 256 rows; up to 2,048 rows are parted into even batches of at most 256.
/// </summary>
public abstract class AutoencoderFamilyOptions : DeepClusteringOptions
{
    private protected AutoencoderFamilyOptions()
    {
        LearningRate = 1e-3;
        Initialization = WeightInitialization.GlorotUniform;
    }

    /// <summary>p, the length of an embedding, 1 or more; null takes the number of clusters, as in Moradi Fard et al. 2020. Default: the method's own.</summary>
    public int? EmbeddingSize { get; set; }

    /// <summary>
    /// The slope of the multilayer perceptron's ReLU for negative values, 0 to below 1: 0 is ReLU, 0.01 the usual leaky ReLU (Maas et al. 2013), whose units cannot fall silent for all rows.
    /// It must be 0 where the convolutional network is taken. Default: 0.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double NegativeSlope { get; set; }

    /// <summary>
    /// Epochs of training on reconstruction alone before the clusters are sought, 0 or more. Null: the number that the method's options
    /// name, or more for 400 training steps; it ends early when the reconstruction error has stopped falling: when its mean over 10 epochs (100 steps
    /// at least) is less than 0.5 % of the features' variance below that over as many before. With 0 the DEC family needs a LearningRate of about 1e-3 in the place of its default. Default: null.
    /// </summary>
    public int? PretrainingEpochs { get; set; }

    /// <summary>
    /// The learning rate of pretraining, above 0; <see cref="DeepClusteringOptions.LearningRate"/> is that of the epochs after it, and of
    /// pretraining too where this is null. Default: the method's own.
    /// </summary>
    public double? PretrainingLearningRate { get; set; }

    /// <summary>What pretraining teaches; the history has the mean loss of a critic under <see cref="EpochRecord.Quantities"/>, "critic". Default: <see cref="PretrainingObjective.Reconstruction"/>.</summary>
    public PretrainingObjective Pretraining { get; set; } = PretrainingObjective.Reconstruction;

    /// <summary>What pretraining steps with. Default: <see cref="OptimizerKind.Adam"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public OptimizerKind PretrainingOptimizer { get; set; }

    /// <summary>
    /// The share of the inputs, 0 to below 1, that a step of pretraining sets to 0 at random and has to reconstruct: a denoising autoencoder
    /// (Vincent et al. 2010). Xie et al. 2016, Section 4.3, have 0.2, but in dropout layers: the values that stay are divided by 0.8 there, the code of a layer is corrupted too, and the
    /// whole autoencoder is trained without corruption in the end. Default: 0.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double PretrainingCorruption { get; set; }

    /// <summary>
    /// Epochs of each pair of layers by itself before pretraining, from the outside in, to reconstruct what the layers before give, 0 or more: a stacked
    /// autoencoder (Xie et al. 2016, Section 4.3). It must be 0 where the convolutional network is taken. Default: 0.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int LayerwiseEpochs { get; set; }

    /// <summary>
    /// λ, the weight of the critic's judgement beside the mean squared error in adversarial pretraining, above 0. Default: 0.5 (Mrabah et al. 2020, Equation 1).
    /// A critic that outweighs the error keeps the autoencoder from learning to reconstruct; the history shows it. Then give it less, 0.02 for example.
    /// </summary>
    public double InterpolationWeight { get; set; } = 0.5;

    /// <summary>
    /// Random changes of the images that pretraining sees, and, where the method says so, the epochs after it too: the reconstruction is then of
    /// the changed image, the target of the clusters of the image as it is. Features that are not images are trained on as they are, which the
    /// log says. Null changes nothing. Default: the method's own.
    /// </summary>
    public ImageAugmentation? Augmentation { get; set; }

    /// <summary>Whether pretraining sees images as they are, and only the epochs after it those of <see cref="Augmentation"/>. Default: false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool CleanPretraining { get; set; }

    /// <summary>n_init: k-means is run from so many k-means++ initialisations, and the best result is kept; 1 or more. Default: 20, as in the code of Trosten et al. 2024.</summary>
    public int KMeansRestarts { get; set; } = 20;

    /// <summary>
    /// A folder, which must exist, that pretrained autoencoders are kept in; not empty, or null. A training that would pretrain as an earlier one did, of this method or another, on the same data,
    /// takes the autoencoder of that one from there, and goes on bit for bit as if it had pretrained for itself; else it pretrains and leaves its own, unless it was taken up from a checkpoint
    /// meanwhile. Seed, first weights, threads, processor, version of the library and all options that pretraining depends on must be the same; the number of clusters need not where
    /// <see cref="EmbeddingSize"/> is set. Variables of the environment that change the arithmetic of libtorch, such as MKL_CBWR, are not looked at: keep a folder for each.
    /// A file that is damaged is warned of and replaced; delete files, or the folder, as you like. Methods whose optimiser goes on from pretraining and
    /// trainings with <see cref="LayerwiseEpochs"/> pretrain for themselves, which the log says. It must be null where <see cref="DeepClusteringOptions.RunExecutor"/> is set, and in a scan. Not saved. Default: null.
    /// </summary>
    [JsonIgnore]
    public string? PretrainingFolder { get; set; }

    internal override string? FolderOfPretraining => PretrainingFolder;

    internal override double ReluSlope => NegativeSlope;

    internal override bool NeedsFormat3 => base.NeedsFormat3 || NegativeSlope != 0 || Augmentation?.Fill == AugmentationFill.Minimum;

    /// <summary>How clusters die in training; null where none does.</summary>
    internal virtual UnseenOptions? UnseenRule => null;

    /// <summary>Sets <see cref="UnseenRule"/> to null.</summary>
    internal virtual void ForgetUnseen()
    {
    }

    /// <summary>The least number of epochs where <see cref="PretrainingEpochs"/> is null.</summary>
    internal virtual int UsualPretrainingEpochs => 50;

    /// <summary>The largest number of epochs of pretraining for so many rows.</summary>
    internal int PretrainingEpochsFor(long rows) => PretrainingEpochs ?? LengthRule.Epochs(UsualPretrainingEpochs, LengthRule.PretrainingSteps, rows, BatchSizeFor(rows));

    internal override (string Option, double Value) LearningRateOf(string phase)
        => phase.StartsWith(PretrainingPhase.PhaseName, StringComparison.Ordinal) && PretrainingLearningRate is { } rate ? (nameof(PretrainingLearningRate), rate) : base.LearningRateOf(phase);

    internal override Int128 MinimumWeights(InputShape shape)
    {
        var network = this.NetworkFor(shape);
        // To the embedding and back, and the centroids.
        return network.ChosenWeights + ((Int128)(EmbeddingSize ?? NumberOfClusters) * (2 * (Int128)network.FeatureCount + NumberOfClusters));
    }

    internal override Int128 MirroredWeights(InputShape shape) => this.NetworkFor(shape).ChosenWeights;

    private protected override IEnumerable<string> SizesOfTheNetwork => EmbeddingSize is { } size ? [.. base.SizesOfTheNetwork, $"EmbeddingSize ({size})"] : base.SizesOfTheNetwork;

    internal override void Validate(OptionFaults faults)
    {
        base.Validate(faults);
        faults.AtLeast(EmbeddingSize ?? 1, 1, nameof(EmbeddingSize));
        faults.Require(NegativeSlope is >= 0 and < 1, nameof(NegativeSlope), NegativeSlope, "0 to below 1");
        faults.AtLeast(PretrainingEpochs ?? 0, 0, nameof(PretrainingEpochs));
        faults.Positive(PretrainingLearningRate ?? 1, nameof(PretrainingLearningRate));
        faults.AtLeast(KMeansRestarts, 1, nameof(KMeansRestarts));
        faults.Known(Pretraining, nameof(Pretraining));
        faults.Known(PretrainingOptimizer, nameof(PretrainingOptimizer));
        faults.Require(PretrainingCorruption is >= 0 and < 1, nameof(PretrainingCorruption), PretrainingCorruption, "0 to below 1");
        faults.AtLeast(LayerwiseEpochs, 0, nameof(LayerwiseEpochs));
        faults.Path(PretrainingFolder, nameof(PretrainingFolder), "the path of a folder, or null");
        faults.Require(PretrainingFolder is null || RunExecutor is null, nameof(PretrainingFolder), PretrainingFolder, $"null where {nameof(RunExecutor)} is set, because workers do not have it");
        faults.Positive(InterpolationWeight, nameof(InterpolationWeight));
        Augmentation?.Validate(faults, nameof(Augmentation));
        UnseenRule?.Validate(faults, "Unseen");
    }

    /// <summary>Sets what the code of Miklautz et al. 2025 sets for its methods with an autoencoder.</summary>
    private protected void SetBrb25()
    {
        (Network, HiddenLayers, EmbeddingSize, Initialization) = (NetworkKind.MultilayerPerceptron, [1024, 512, 256], null, WeightInitialization.PyTorch);
        (BatchSize, PretrainingEpochs, NumberOfEpochs, KMeansRestarts) = (512, 250, 400, 10);
        (LearningRate, PretrainingLearningRate) = (1e-3, 1e-3);
        Augmentation = new() { Rotation = 16, Shift = 0.1, Shear = 8, Fill = AugmentationFill.Minimum, Interpolation = AugmentationInterpolation.Nearest };
        CleanPretraining = true;
    }

    /// <summary>Sets what the code of Leiber et al. 2024 sets for all of its methods.</summary>
    private protected void SetUnseen24()
    {
        (NumberOfClusters, EmbeddingSize, Network) = (35, 10, NetworkKind.MultilayerPerceptron);
        (NegativeSlope, Initialization) = (0.01, WeightInitialization.PyTorch);
        (BatchSize, PretrainingEpochs, NumberOfEpochs) = (256, 100, 150);
        (PretrainingLearningRate, LearningRate) = (1e-3, 1e-4);
    }

    /// <summary>Whether a method whose optimiser goes on from pretraining begins with a new one instead.</summary>
    internal virtual bool HasFreshOptimizer => false;

    /// <summary>Whether the loss is that of an image and of the changed image together.</summary>
    internal virtual bool HasPairLoss => false;

    /// <summary>Whether the epochs after pretraining see images changed by <see cref="Augmentation"/>.</summary>
    internal virtual bool AugmentsClustering => false;

    internal override InputPreparation PreparationFor(InputShape shape)
    {
        var network = this.NetworkFor(shape);
        if (network.IsConvolutional && LayerwiseEpochs > 0)
            throw new ArgumentException($"LayerwiseEpochs is {LayerwiseEpochs}, but images get the convolutional network, whose layers are trained together; set Network to {NetworkKind.MultilayerPerceptron}, or LayerwiseEpochs to 0.");
        return network.Preparation with { Notes = [.. NotesFor(shape), .. network.Preparation.Notes] };
    }

    private IEnumerable<string> NotesFor(InputShape shape)
    {
        if (Augmentation == null && HasPairLoss)
            yield return "PairLoss is true, but Augmentation is null: both images of a pair are the same, and one would do. Set Augmentation, or PairLoss to false.";
        if (Augmentation != null && !shape.IsImage)
            yield return $"Augmentation is for images, and the features are flat vectors of {shape.Size} values; they are trained on as they are. Set ImageShape if they are images.";
        if (Augmentation != null && shape.IsImage && !AugmentsClustering && (CleanPretraining || (PretrainingEpochs == 0 && LayerwiseEpochs == 0)))
            yield return $"Augmentation changes no image: {(CleanPretraining ? "CleanPretraining is true" : "there is no pretraining")}, and after pretraining {MethodName} sees images as they are with these options. Let pretraining see changed images, or set Augmentation to null.";
        if (UnseenRule is null)
            yield break;
        if (NumberOfClusters == UnseenOptions.FewestClusters)
            yield return $"Unseen leaves at least {UnseenOptions.FewestClusters} clusters, which is NumberOfClusters: none can die. Raise NumberOfClusters.";
        if (NumberOfRuns > 1 && RunCriterion == RunCriterion.LowestLoss)
            yield return $"NumberOfRuns is {NumberOfRuns} and RunCriterion is {RunCriterion}: runs of Unseen may end with different numbers of clusters, and losses of different numbers do not compare. {nameof(RunCriterion.Agreement)}, of 3 runs or more, compares their clusters.";
    }
}
