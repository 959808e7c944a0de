using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Methods.Vade;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Options of VaDE, variational deep embedding: Jiang, Zheng, Tan, Tang and Zhou, "Variational deep embedding: an unsupervised and generative approach to clustering",
/// IJCAI 2017. A variational autoencoder whose prior is a mixture of Gaussians with diagonal covariances; the clusters are its components. Scores are the negative logarithms
/// of the joint densities of embedding and component, probabilities the components' responsibilities.
/// </summary>
/// <remarks>
/// Its own defaults: <c>LearningRate = 2e-4, Initialization = GlorotUniform, EmbeddingSize = 10,
/// PretrainingLearningRate = 1e-3, Augmentation = null</c>. Lengths that are null are 50 epochs of pretraining and 300 after it, or more.
/// Images are augmented after pretraining too, where <see cref="AutoencoderFamilyOptions.Augmentation"/> asks for it.
/// </remarks>
public sealed class VadeOptions : AutoencoderFamilyOptions
{
    /// <summary>A new object with the defaults.</summary>
    public VadeOptions()
    {
        EmbeddingSize = 10;
        PretrainingLearningRate = 1e-3;
        LearningRate = 2e-4;
    }

    /// <summary>
    /// What the reconstruction error is. Bernoulli needs features from 0 to 1, and pretraining by reconstruction of all layers at once. Default:
    /// <see cref="VadeLikelihood.Gaussian"/>; the paper has Bernoulli for MNIST.
    /// </summary>
    public VadeLikelihood Likelihood { get; set; }

    /// <summary>
    /// The weight of the reconstruction error, summed over features, beside the other terms of the bound, above 0. Default: null, 784 over the number of features, and 1 at least: the prior
    /// weighs no more than with the 784 pixels of MNIST, whose weight is 1 in the paper; without it few features are not worth a cluster. The code of Jiang et al. 2017 has 5 for HHAR.
    /// </summary>
    public double? ReconstructionWeight { get; set; }

    /// <summary>The factor by which the learning rate is multiplied after every <see cref="DecayInterval"/> epochs, 0 to 1; without effect where the rate is not above <see cref="MinimumLearningRate"/>, as by default. Default: 0.9, as in the code of Jiang et al. 2017.</summary>
    public double LearningRateDecay { get; set; } = 0.9;

    /// <summary>Epochs from one decay of the learning rate to the next, 1 or more; without effect under the same condition. Default: 10, as in that code.</summary>
    public int DecayInterval { get; set; } = 10;

    /// <summary>The least that the learning rate falls to, 0 or more; a lower <see cref="DeepClusteringOptions.LearningRate"/> stays as it is. Default: 2e-4, as in that code for MNIST; the learning rate begins there by default, since few rows lose clusters at the 2e-3 of that code.</summary>
    public double MinimumLearningRate { get; set; } = 2e-4;

    internal override int UsualEpochs => 300;

    internal override bool AugmentsClustering => true;

    /// <summary><see cref="ReconstructionWeight"/> for rows of so many features.</summary>
    internal double ReconstructionWeightFor(long features) => ReconstructionWeight ?? Math.Max(1, 784d / features);

    internal override ClusteringMethod CreateMethod(InputShape shape) => new VadeMethod(this, this.NetworkFor(shape));

    internal override void Validate(OptionFaults faults)
    {
        base.Validate(faults);
        faults.Known(Likelihood, nameof(Likelihood));
        faults.Positive(ReconstructionWeight ?? 1, nameof(ReconstructionWeight));
        faults.Require(LearningRateDecay is >= 0 and <= 1, nameof(LearningRateDecay), LearningRateDecay, "0 to 1");
        faults.AtLeast(DecayInterval, 1, nameof(DecayInterval));
        faults.NotNegative(MinimumLearningRate, nameof(MinimumLearningRate));
        if (Likelihood != VadeLikelihood.Bernoulli)
            return;
        faults.Require(Pretraining == PretrainingObjective.Reconstruction, nameof(Pretraining), Pretraining, $"{nameof(PretrainingObjective.Reconstruction)} where Likelihood is {Likelihood}");
        faults.Require(LayerwiseEpochs <= 0, nameof(LayerwiseEpochs), LayerwiseEpochs, $"0 where Likelihood is {Likelihood}");
    }

    /// <summary>Settings of the paper.</summary>
    public static class Presets
    {
        /// <summary>
        /// MNIST in the code of Jiang et al. 2017: the multilayer perceptron, Bernoulli, 3,000 epochs of Adam at 2e-3 that falls to 2e-4, batches of 100. The pretrained weights that the
        /// authors ship are not here; pretraining has the usual length.
        /// </summary>
        public static VadeOptions Mnist() => new()
        {
            NumberOfClusters = 10, Network = NetworkKind.MultilayerPerceptron, Likelihood = VadeLikelihood.Bernoulli, ReconstructionWeight = 1, LearningRate = 2e-3,
            BatchSize = 100, NumberOfEpochs = 3000,
        };
    }
}
