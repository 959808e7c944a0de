using System.Text.Json.Serialization;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Methods.Dec;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Options of DEC, deep embedded clustering: Xie, Girshick and Farhadi, "Unsupervised deep embedding for clustering analysis", ICML 2016.
/// On the convolutional network it is the DEC-Conv of Trosten et al. 2024.
/// </summary>
/// <remarks>
/// Its own defaults: <c>LearningRate = 1e-4, Initialization = GlorotUniform, EmbeddingSize = 10,
/// PretrainingLearningRate = 1e-3, Augmentation = null</c>.
/// </remarks>
public sealed class DecOptions : DecFamilyOptions
{
    /// <summary>
    /// Whether the loss is the mean of that of the image and that of the changed image, as cross-entropies to the target of the batch's own clean assignments (Miklautz et al. 2025). Without
    /// <see cref="AutoencoderFamilyOptions.Augmentation"/> both are the same, which the log says. Default: false.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool PairLoss { get; set; }

    /// <summary>
    /// Whether the target of a step is that of the batch's own assignments, as Leiber et al. 2024 have it, with <see cref="AutoencoderFamilyOptions.Augmentation"/> those of the changed images, in place of
    /// that of all rows. <see cref="DecFamilyOptions.UpdateInterval"/> then says only how often <see cref="DecFamilyOptions.LabelChangeTolerance"/> is looked at.
    /// <see cref="PairLoss"/> has the target of the batch's clean images in any case. Default: false.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool BatchTarget { get; set; }

    /// <summary>
    /// UNSEEN: <see cref="DeepClusteringOptions.NumberOfClusters"/> is the upper bound, and clusters die while the method trains; the model has as many as are left (Leiber et al. 2024).
    /// The history has their number under <see cref="EpochRecord.Quantities"/>, "clusters". Null: none dies. Default: null.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public UnseenOptions? Unseen { get; set; }

    internal override UnseenOptions? UnseenRule => Unseen;

    internal override void ForgetUnseen() => Unseen = null;

    internal override bool HasPairLoss => PairLoss;

    internal override bool HasBatchTarget => BatchTarget || PairLoss;

    internal override ClusteringMethod CreateMethod(InputShape shape) => new DecMethod(this, this.NetworkFor(shape));

    internal override void Validate(OptionFaults faults)
    {
        base.Validate(faults);
        Unseen?.RequireMovable(faults, $"{nameof(Brb)}.{nameof(BrbOptions.Reclusters)}", Brb is { Reclusters: true });
    }

    /// <summary>Settings of the papers.</summary>
    public static class Presets
    {
        /// <summary>The code of Trosten et al. 2024: 200 epochs of pretraining, then 400; Adam at 1e-3, batches of 256, the target updated every 140 epochs; the normalisation of Keras.</summary>
        public static DecOptions Pr24()
        {
            var options = new DecOptions();
            options.SetPr24(1e-3);
            return options;
        }

        /// <summary>
        /// UNSEEN + DEC of Leiber et al. 2024, for images of mean 0 and standard deviation 1 over all pixels, or tables whose features have these each: from 35 clusters, leaky ReLU, 100 epochs of pretraining at 1e-3, 150 after
        /// it at 1e-4, the batch's own target. Not taken over: their centroids are not trained any more once a cluster has died, which <see cref="UnseenOptions.FixesCentroids"/> gives.
        /// </summary>
        public static DecOptions Unseen24()
        {
            var options = new DecOptions { Unseen = new(), BatchTarget = true, LabelChangeTolerance = 0 };
            options.SetUnseen24();
            return options;
        }

        /// <summary>
        /// DEC + BRB of Miklautz et al. 2025 for images of 28 x 28, standardised: d-1024-512-256-k, 250 epochs of pretraining, then 400; Adam at 1e-3, batches of 512,
        /// the pair loss, a break every 20 epochs. Not taken over: the authors drop the last, smaller batch of an epoch, clip the norm of the gradient at 500, and round shifts to whole pixels.
        /// </summary>
        public static DecOptions Brb25()
        {
            var options = new DecOptions { Brb = new(), PairLoss = true, LabelChangeTolerance = 0 };
            options.SetBrb25();
            return options;
        }
    }
}
