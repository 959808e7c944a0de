using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Methods.Companions;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering;

/// <summary>What the methods with DDC's clustering module have in common: Kampffmeyer et al. 2019; Trosten et al. 2021 and 2024.</summary>
public abstract class DdcFamilyOptions : DeepClusteringOptions
{
    private protected DdcFamilyOptions() => BatchSize = 120;

    /// <summary>The number of epochs, 1 or more. Default: 200, as in the papers.</summary>
    public int NumberOfEpochs { get; set; } = 200;

    /// <summary>
    /// Epochs between evaluations of the total loss in inference mode, 1 or more; the weights of the epoch of lowest total loss are kept.
    /// Default: 4, as in the authors' code.
    /// </summary>
    public int EvaluationInterval { get; set; } = 4;

    /// <summary>The width of the Gaussian kernels. Default: the authors' code's.</summary>
    public BandwidthRule Bandwidth { get; set; } = BandwidthRule.MedianOfSquaredDistances;

    /// <summary>The norm to which the gradient of each variable is clipped, above 0. Default: 10, as in the authors' code.</summary>
    public double GradientClip { get; set; } = 10;

    /// <summary>Where companions attach to the first convolutional block, if the method has companions.</summary>
    internal virtual FirstBlockTap CompanionTap => FirstBlockTap.BeforePooling;

    /// <summary>The companion objective, or null for a method without one.</summary>
    internal virtual CompanionObjective? CreateCompanion() => null;

    /// <summary>The weight of the mean squared error of a reconstruction, or null for a method without one.</summary>
    internal virtual double? Reconstruction => null;

    internal override ClusteringMethod CreateMethod(InputShape shape) => new DdcSystem(this, new NetworkChoice(Network, shape));

    internal override InputPreparation PreparationFor(InputShape shape) => new NetworkChoice(Network, shape).Preparation;

    internal override void Validate(OptionFaults faults)
    {
        base.Validate(faults);
        faults.AtLeast(NumberOfEpochs, 1, nameof(NumberOfEpochs));
        faults.AtLeast(EvaluationInterval, 1, nameof(EvaluationInterval));
        faults.Known(Bandwidth, nameof(Bandwidth));
        faults.Require(GradientClip > 0, nameof(GradientClip), GradientClip, "above 0");
    }
}
