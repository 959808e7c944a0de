using Microsoft.ML.DeepClustering.Methods.Companions;
using Microsoft.ML.DeepClustering.Options;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Options of DEC-UCO, DEC with the unsupervised companion objective on the blocks of its encoder: Trosten, Løkse, Jenssen and Kampffmeyer,
/// "Leveraging tensor kernels to reduce objective function mismatch in deep clustering", Pattern Recognition 149, 2024. A in the companions is DEC's Q.
/// </summary>
public sealed class DecUcoOptions : DecFamilyOptions
{
    /// <summary>The kernel of the companions. Default: tensor.</summary>
    public CompanionKernel Kernel { get; set; } = CompanionKernel.Tensor;

    /// <summary>λ, the weight of the companion objective, 0 or more. Default: 0.01.</summary>
    public double CompanionWeight { get; set; } = 0.01;

    /// <summary>ω, the weights of the blocks. Default: constant.</summary>
    public CompanionWeighting Weighting { get; set; } = CompanionWeighting.Constant;

    /// <summary>The width of the Gaussian kernels. Default: the authors' code's.</summary>
    public BandwidthRule Bandwidth { get; set; } = BandwidthRule.MedianOfSquaredDistances;

    /// <summary>How the tensor kernel compares a mode with more rows than columns. Default: Equation 17 as printed.</summary>
    public GrassmannRule Grassmann { get; set; } = GrassmannRule.AsPrinted;

    /// <summary>Where the first companion attaches to the convolutional network. Default: before the pooling, as in the authors' code.</summary>
    public FirstBlockTap Tap { get; set; } = FirstBlockTap.BeforePooling;

    /// <summary>
    /// The settings of the code of Trosten et al. 2024: tensor kernel, λ = 0.01, ω constant; 200 epochs of pretraining, then 400; Adam at 1e-4,
    /// batches of 256, the target refreshed every 140 epochs.
    /// </summary>
    public static DecUcoOptions Pr24()
    {
        var options = new DecUcoOptions();
        options.SetPr24(1e-4);
        return options;
    }

    internal override FirstBlockTap CompanionTap => Tap;

    internal override CompanionObjective CreateCompanion() => new(CompanionWeight, Weighting, Kernel, Grassmann, Bandwidth);

    internal override void Validate(OptionFaults faults)
    {
        base.Validate(faults);
        faults.Known(Kernel, nameof(Kernel));
        faults.NotNegative(CompanionWeight, nameof(CompanionWeight));
        faults.Known(Weighting, nameof(Weighting));
        faults.Known(Bandwidth, nameof(Bandwidth));
        faults.Known(Grassmann, nameof(Grassmann));
        faults.Known(Tap, nameof(Tap));
    }
}
