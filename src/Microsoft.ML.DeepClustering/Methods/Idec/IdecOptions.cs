using System.Text.Json.Serialization;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Methods.Idec;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Options of IDEC, DEC that keeps on reconstructing: Guo, Gao, Liu and Yin, "Improved deep embedded clustering with local structure preservation",
/// IJCAI 2017: reconstruction + γ KL(P || Q). On the convolutional network it is DCEC (Guo et al., ICONIP 2017).
/// </summary>
/// <remarks>
/// Its own defaults: <c>LearningRate = 1e-4, Initialization = GlorotUniform, EmbeddingSize = 10,
/// PretrainingLearningRate = 1e-3, Augmentation = null</c>.
/// </remarks>
public sealed class IdecOptions : DecFamilyOptions
{
    /// <summary>γ, the weight of KL(P || Q), above 0. Default: 0.1, as in the paper (Section 4.3).</summary>
    public double ClusteringWeight { get; set; } = 0.1;

    /// <summary>The weight of the mean squared error, above 0. Default: 1, as in the paper (Equation 8).</summary>
    public double ReconstructionWeight { get; set; } = 1;

    /// <summary>
    /// Whether the loss is the mean of that of the image and that of the changed image, as cross-entropies to the target of the batch's own clean assignments (Miklautz et al. 2025). Without
    /// <see cref="AutoencoderFamilyOptions.Augmentation"/> both are the same, which the log says. Default: false.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool PairLoss { get; set; }

    internal override bool HasPairLoss => PairLoss;

    internal override ClusteringMethod CreateMethod(InputShape shape) => new IdecMethod(this, this.NetworkFor(shape));

    internal override void Validate(OptionFaults faults)
    {
        base.Validate(faults);
        faults.Positive(ClusteringWeight, nameof(ClusteringWeight));
        faults.Positive(ReconstructionWeight, nameof(ReconstructionWeight));
    }

    /// <summary>Settings of the papers.</summary>
    public static class Presets
    {
        /// <summary>
        /// The code of Trosten et al. 2024, KL(P || Q) + 10 MSE: 200 epochs of pretraining, then 400; Adam at 1e-3, batches of 256,
        /// the target updated every 140 epochs; the normalisation of Keras. The two weights are as the paper's 0.1 and 1 are to each other.
        /// </summary>
        public static IdecOptions Pr24()
        {
            var options = new IdecOptions { ClusteringWeight = 1, ReconstructionWeight = 10 };
            options.SetPr24(1e-3);
            return options;
        }

        /// <summary>
        /// IDEC^np of Moradi Fard et al. 2020: the multilayer perceptron, no pretraining, from k-means on what random weights make of the data, Adam at 1e-3. At 1e-4, the default, the reconstruction
        /// outgrows the centroids, which stay in one place: an accuracy of 37 % on digits in the place of 58.
        /// </summary>
        public static IdecOptions WithoutPretraining() => new() { Network = NetworkKind.MultilayerPerceptron, PretrainingEpochs = 0, LearningRate = 1e-3 };

        /// <summary>IDEC + BRB of Miklautz et al. 2025, 0.1 of the clustering loss + the mean squared error; otherwise as <see cref="DecOptions.Presets.Brb25"/>.</summary>
        public static IdecOptions Brb25()
        {
            var options = new IdecOptions { Brb = new(), PairLoss = true, LabelChangeTolerance = 0 };
            options.SetBrb25();
            return options;
        }
    }
}
