using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Methods.Companions;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// What the methods with DEC's clustering loss have in common: pretraining, k-means, then Student's t assignments drawn to a sharpened target
/// of the whole data set. Xie, Girshick and Farhadi, "Unsupervised deep embedding for clustering analysis", ICML 2016.
/// </summary>
public abstract class DecFamilyOptions : AutoencoderFamilyOptions
{
    private protected DecFamilyOptions()
    {
        EmbeddingSize = 10;
        PretrainingLearningRate = 1e-3;
        LearningRate = 1e-4;
    }

    /// <summary>The largest number of epochs after pretraining, 1 or more. Default: 150.</summary>
    public int NumberOfEpochs { get; set; } = 150;

    /// <summary>T, steps or epochs between refreshes of the target distribution, 1 or more. Default: 140 (Xie et al. 2016; Guo et al. 2017).</summary>
    public int RefreshInterval { get; set; } = 140;

    /// <summary>What <see cref="RefreshInterval"/> counts. Default: steps.</summary>
    public RefreshUnit RefreshUnit { get; set; } = RefreshUnit.Iterations;

    /// <summary>
    /// Training ends with the epoch in which, from one refresh of the target to the next, a smaller share of the rows than this has changed its cluster, 0 to 1.
    /// 0: never. Default: 0.001 (Xie et al. 2016, Section 3.3).
    /// </summary>
    public double LabelChangeTolerance { get; set; } = 0.001;

    /// <summary>The weight of KL(P || Q).</summary>
    internal virtual double DivergenceWeight => 1;

    /// <summary>The weight of the mean squared error after pretraining; 0 leaves the decoder out.</summary>
    internal virtual double ReconstructionErrorWeight => 0;

    /// <summary>Where companions attach to the first convolutional block, if the method has companions.</summary>
    internal virtual FirstBlockTap CompanionTap => FirstBlockTap.BeforePooling;

    /// <summary>The companion objective, or null for a method without one.</summary>
    internal virtual CompanionObjective? CreateCompanion() => null;

    internal override ClusteringMethod CreateMethod(InputShape shape) => new DecSystem(this, new NetworkChoice(Network, shape));

    internal override void Validate(OptionFaults faults)
    {
        base.Validate(faults);
        faults.AtLeast(NumberOfEpochs, 1, nameof(NumberOfEpochs));
        faults.AtLeast(RefreshInterval, 1, nameof(RefreshInterval));
        faults.Known(RefreshUnit, nameof(RefreshUnit));
        faults.Require(LabelChangeTolerance is >= 0 and <= 1, nameof(LabelChangeTolerance), LabelChangeTolerance, "0 to 1");
    }

    /// <summary>Sets what the code of Trosten et al. 2024 sets for all of its DEC family.</summary>
    private protected void SetPr24(double learningRate)
    {
        PretrainingEpochs = 200;
        NumberOfEpochs = 400;
        PretrainingLearningRate = learningRate;
        LearningRate = learningRate;
        RefreshUnit = RefreshUnit.Epochs;
    }
}
