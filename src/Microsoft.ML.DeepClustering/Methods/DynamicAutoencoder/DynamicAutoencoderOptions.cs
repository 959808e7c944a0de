using System.Text.Json.Serialization;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Methods.DynamicAutoencoder;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Options of DynAE, the dynamic autoencoder: Mrabah, Khan, Ksantini and Lachiri, "Deep clustering with a dynamic autoencoder: From reconstruction
/// towards centroids construction", Neural Networks 130, 2020. Rows whose cluster is clear learn to be decoded to their centroid's image, the
/// others to their own; what is clear grows as training goes on.
/// The defaults are made for minutes: 300 epochs of pretraining with Adam at 3e-4 and no critic, where the paper has 130,000 steps at 1e-4 and a critic;
/// what follows is as in the authors' code: the bounds (<see cref="Thresholds"/>), a shift of 10 % of the image, where the paper has a pixel, and a weight of the reconstruction of 100.
/// <see cref="Presets.Published"/> has the paper's numbers of steps. The initial weights are those of the authors' code: with
/// Glorot's, which are larger, the embedding learns to tell the clusters apart later.
/// <see cref="DeepClusteringOptions.NumberOfEpochs"/> is the largest number of epochs after pretraining; null is 200 or more. Images are augmented after pretraining too.
/// The history has under <see cref="EpochRecord.Quantities"/> after pretraining: the "steps" so far, the "conflicted" rows at the last count, how many
/// are "tolerated" (τ n), the smallest "confidence" (β1) and "margin" (β2) of a clear row, and the number of "placements" of the centroids.
/// </summary>
/// <remarks>
/// Its own defaults: <c>LearningRate = 1e-3, Initialization = UniformByInputs, EmbeddingSize = 10,
/// PretrainingLearningRate = 3e-4, Augmentation = new ImageAugmentation()</c>.
/// </remarks>
public sealed class DynamicAutoencoderOptions : AutoencoderFamilyOptions
{
    /// <summary>Options with the defaults that the remarks and the members name.</summary>
    public DynamicAutoencoderOptions()
    {
        EmbeddingSize = 10;
        Augmentation = new();
        PretrainingLearningRate = 3e-4;
        Initialization = WeightInitialization.UniformByInputs;
    }

    /// <summary>κ, above 0: a row is clear when its soft assignment is at least β1 = κ/k and leads the second by β2 = β1/2. Null is 0.3 k. Default: null.</summary>
    public double? Kappa { get; set; }

    /// <summary>By how much β1 and β2 fall when the rows that are not clear do not get fewer. Default: <see cref="ThresholdRule.AuthorsCode"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ThresholdRule Thresholds { get; set; }

    /// <summary>Steps between counts of the rows that are not clear, 1 or more. Default: 140.</summary>
    public int ConflictInterval { get; set; } = 140;

    /// <summary>τ, 0 to 1: training ends when a smaller share of the rows is not clear. Default: 0.01.</summary>
    public double ConflictTolerance { get; set; } = 0.01;

    /// <summary>The weight of the image's mean squared error beside that of the embedding, above 0. Default: 100, as in the authors' code.</summary>
    public double ReconstructionWeight { get; set; } = 100;

    /// <summary>The momentum of gradient descent after pretraining, 0 to below 1. Default: 0.9.</summary>
    public double Momentum { get; set; } = 0.9;

    internal override int UsualEpochs => 200;

    internal override bool AugmentsClustering => true;

    internal override int UsualPretrainingEpochs => 300;

    internal override ClusteringMethod CreateMethod(InputShape shape) => new DynamicAutoencoderMethod(this, this.NetworkFor(shape));

    internal override void Validate(OptionFaults faults)
    {
        base.Validate(faults);
        faults.Positive(Kappa ?? 1, nameof(Kappa));
        faults.Known(Thresholds, nameof(Thresholds));
        faults.AtLeast(ConflictInterval, 1, nameof(ConflictInterval));
        faults.Require(ConflictTolerance is >= 0 and <= 1, nameof(ConflictTolerance), ConflictTolerance, "0 to 1");
        faults.Positive(ReconstructionWeight, nameof(ReconstructionWeight));
        faults.Require(Momentum is >= 0 and < 1, nameof(Momentum), Momentum, "0 to below 1");
    }

    /// <summary>Settings of the paper.</summary>
    public static class Presets
    {
        /// <summary>
        /// The multilayer perceptron and the paper's lengths: the critic, 130,000 steps of pretraining with Adam at 1e-4, then at most 100,000 steps, in epochs of so many rows.
        /// Hours to days. In the authors' code the critic does not train, so that it hardly changes pretraining;
        /// with <c>Pretraining = PretrainingObjective.Reconstruction</c> this is their training in 40 % of the time, and what came near their figures.
        /// With the critic these settings were not tried whole; over 300 epochs on USPS one that trains did harm.
        /// </summary>
        /// <param name="numberOfRows">The rows of the training data.</param>
        /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 row.</exception>
        public static DynamicAutoencoderOptions Published(long numberOfRows)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(numberOfRows, 1);
            const int batch = 256;
            var options = new DynamicAutoencoderOptions
            {
                Network = NetworkKind.MultilayerPerceptron,
                BatchSize = batch,
                Pretraining = PretrainingObjective.AdversarialInterpolation,
                PretrainingLearningRate = 1e-4,
            };
            var steps = (numberOfRows + batch - 1) / batch;
            options.PretrainingEpochs = (int)Math.Ceiling(130_000.0 / steps);
            options.NumberOfEpochs = (int)Math.Ceiling(100_000.0 / steps);
            return options;
        }
    }
}
