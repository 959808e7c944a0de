using System.Text.Json.Serialization;
using Microsoft.ML.DeepClustering.Options;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// What the methods with DEC's clustering loss have in common: pretraining, k-means, then Student's t assignments drawn to a sharpened target
/// of the whole data set, or of the batch. Xie, Girshick and Farhadi, "Unsupervised deep embedding for clustering analysis", ICML 2016.
/// <see cref="DeepClusteringOptions.NumberOfEpochs"/> is the largest number of epochs after pretraining; null is 150 or more after 50 or more. Images are augmented after pretraining too,
/// where <see cref="AutoencoderFamilyOptions.Augmentation"/> asks for it.
/// </summary>
public abstract class DecFamilyOptions : AutoencoderFamilyOptions
{
    // Of the papers' larger sets, 60,000 rows and more; and of sets of 10,000.
    private const long UsualUpdateInterval = 140;
    private const long LeastUpdateInterval = 30;

    private protected DecFamilyOptions()
    {
        EmbeddingSize = 10;
        PretrainingLearningRate = 1e-3;
        LearningRate = 1e-4;
    }

    /// <summary>
    /// T, the update interval: steps or epochs from one target distribution to the next, 1 or more. Null: once an epoch where an epoch has 30 to
    /// 140 steps, as the code of Guo et al. 2017 does for some 10,000 rows; otherwise every 140 steps (Xie et al. 2016; Guo et al. 2017), or every
    /// epoch if <see cref="UpdateUnit"/> says epochs. Default: null.
    /// </summary>
    public int? UpdateInterval { get; set; }

    /// <summary>What <see cref="UpdateInterval"/> counts. Default: <see cref="UpdateUnit.Iterations"/>, as in the papers.</summary>
    public UpdateUnit UpdateUnit { get; set; } = UpdateUnit.Iterations;

    /// <summary>
    /// What the steps after pretraining are taken with, at <see cref="DeepClusteringOptions.LearningRate"/>, whose default is a rate for Adam. The code of Guo, Zhu, Liu and Yin, "Deep embedded
    /// clustering with data augmentation", ACML 2018, has <see cref="OptimizerKind.Momentum"/>, at 0.01 for DEC and at 1 for IDEC. Default: <see cref="OptimizerKind.Adam"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public OptimizerKind Optimizer { get; set; }

    /// <summary>
    /// Training ends with the epoch in which, from one update of the target to the next, a smaller share of the rows than this has changed its cluster, 0 to 1.
    /// With 0 it never ends early. Default: 0.001 (Xie et al. 2016, Section 3.3).
    /// </summary>
    public double LabelChangeTolerance { get; set; } = 0.001;

    /// <summary>BRB: what happens every few epochs after pretraining to leave a poor clustering (Miklautz et al. 2025). The target is then updated at once, and labels that have settled end the training only after the last break. Null: nothing. Default: null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public BrbOptions? Brb { get; set; }

    internal override int UsualEpochs => 150;

    internal override bool AugmentsClustering => true;

    /// <summary>Whether the target is that of the batch's own assignments, not of all rows.</summary>
    internal virtual bool HasBatchTarget => HasPairLoss;

    /// <summary>Steps from one target to the next where nothing is said: an epoch of 30 to 140 steps, otherwise 140.</summary>
    /// <param name="batches">Steps an epoch, 1 or more.</param>
    internal static long UsualStepsBetweenUpdates(long batches) => batches is >= LeastUpdateInterval and <= UsualUpdateInterval ? batches : UsualUpdateInterval;

    /// <summary>Steps from one target to the next.</summary>
    /// <param name="batches">Steps an epoch, 1 or more.</param>
    internal long StepsBetweenUpdates(long batches) => (UpdateInterval, UpdateUnit) switch
    {
        (null, UpdateUnit.Epochs) => batches,
        (null, _) => UsualStepsBetweenUpdates(batches),
        ({ } interval, UpdateUnit.Epochs) => interval * batches,
        ({ } interval, _) => interval,
    };

    internal override void Validate(OptionFaults faults)
    {
        base.Validate(faults);
        faults.AtLeast(UpdateInterval ?? 1, 1, nameof(UpdateInterval));
        faults.Known(UpdateUnit, nameof(UpdateUnit));
        faults.Known(Optimizer, nameof(Optimizer));
        Brb?.Validate(faults, nameof(Brb));
        faults.Require(LabelChangeTolerance is >= 0 and <= 1, nameof(LabelChangeTolerance), LabelChangeTolerance, "0 to 1");
    }

    /// <summary>Sets what the code of Trosten et al. 2024 sets for all of its DEC family.</summary>
    private protected void SetPr24(double learningRate)
    {
        BatchSize = 256;
        PretrainingEpochs = 200;
        NumberOfEpochs = 400;
        PretrainingLearningRate = learningRate;
        LearningRate = learningRate;
        (UpdateInterval, UpdateUnit) = (140, UpdateUnit.Epochs);
        Normalization = NormalizationConstants.Keras;
    }
}
