using Microsoft.ML.DeepClustering.Options;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// What the methods with DEC's clustering loss have in common: pretraining, k-means, then Student's t assignments drawn to a sharpened target
/// of the whole data set. Xie, Girshick and Farhadi, "Unsupervised deep embedding for clustering analysis", ICML 2016.
/// <see cref="DeepClusteringOptions.NumberOfEpochs"/> is the largest number of epochs after pretraining; null is 150 or more after 50 or more. Images are augmented after pretraining too,
/// where <see cref="AutoencoderFamilyOptions.Augmentation"/> asks for it.
/// </summary>
public abstract class DecFamilyOptions : AutoencoderFamilyOptions
{
    private protected DecFamilyOptions()
    {
        EmbeddingSize = 10;
        PretrainingLearningRate = 1e-3;
        LearningRate = 1e-4;
    }

    /// <summary>T, the update interval: steps or epochs from one target distribution to the next, 1 or more. Default: 140 (Xie et al. 2016; Guo et al. 2017).</summary>
    public int UpdateInterval { get; set; } = 140;

    /// <summary>What <see cref="UpdateInterval"/> counts. Default: <see cref="UpdateUnit.Iterations"/>, as in the papers.</summary>
    public UpdateUnit UpdateUnit { get; set; } = UpdateUnit.Iterations;

    /// <summary>
    /// Training ends with the epoch in which, from one update of the target to the next, a smaller share of the rows than this has changed its cluster, 0 to 1.
    /// With 0 it never ends early. Default: 0.001 (Xie et al. 2016, Section 3.3).
    /// </summary>
    public double LabelChangeTolerance { get; set; } = 0.001;

    internal override int UsualEpochs => 150;

    internal override void Validate(OptionFaults faults)
    {
        base.Validate(faults);
        faults.AtLeast(UpdateInterval, 1, nameof(UpdateInterval));
        faults.Known(UpdateUnit, nameof(UpdateUnit));
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
        UpdateUnit = UpdateUnit.Epochs;
    }
}
