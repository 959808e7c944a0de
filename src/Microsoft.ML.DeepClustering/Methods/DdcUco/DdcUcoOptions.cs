using Microsoft.ML.DeepClustering.Methods.Companions;
using Microsoft.ML.DeepClustering.Options;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Options of DDC-UCO: DDC with the unsupervised companion objective on the outputs of the network's blocks.
/// Trosten, Jenssen, Kampffmeyer, NLDL 2021; Trosten, Løkse, Jenssen, Kampffmeyer, Pattern Recognition 149, 2024.
/// A new object has the settings of <see cref="Pr24"/> but for the initial weights, which are those of the authors' later code.
/// </summary>
public sealed class DdcUcoOptions : DdcFamilyOptions
{
    /// <summary>The settings of <see cref="Pr24"/>, with He normal weights.</summary>
    public DdcUcoOptions() => LearningRate = 1e-4;

    /// <summary>The kernel of the companions. Default: tensor.</summary>
    public CompanionKernel Kernel { get; set; } = CompanionKernel.Tensor;

    /// <summary>λ, the weight of the companion objective, 0 or more. Default: 0.01.</summary>
    public double CompanionWeight { get; set; } = 0.01;

    /// <summary>ω, the weights of the blocks. Default: constant.</summary>
    public CompanionWeighting Weighting { get; set; } = CompanionWeighting.Constant;

    /// <summary>How the tensor kernel compares a mode with more rows than columns. Default: Equation 17 as printed.</summary>
    public GrassmannRule Grassmann { get; set; } = GrassmannRule.AsPrinted;

    /// <summary>Where the first companion attaches to the convolutional network. Default: before the pooling, as in the authors' code.</summary>
    public FirstBlockTap Tap { get; set; } = FirstBlockTap.BeforePooling;

    /// <summary>The settings of Trosten et al. 2024: tensor kernel, λ = 0.01, ω constant, Adam at 1e-4, batches of 120, 200 epochs, Glorot uniform weights.</summary>
    public static DdcUcoOptions Pr24() => new() { Initialization = WeightInitialization.GlorotUniform };

    /// <summary>The settings of Trosten et al. 2021: naive kernel, λ = 0.1, ω exponential, Adam at 1e-4, batches of 120, 200 epochs, Glorot uniform weights.</summary>
    public static DdcUcoOptions Nldl21() => new()
    {
        Kernel = CompanionKernel.Naive,
        CompanionWeight = 0.1,
        Weighting = CompanionWeighting.Exponential,
        Initialization = WeightInitialization.GlorotUniform,
    };

    internal override FirstBlockTap CompanionTap => Tap;

    internal override CompanionObjective CreateCompanion() => new(CompanionWeight, Weighting, Kernel, Grassmann, Bandwidth);

    internal override void Validate(OptionFaults faults)
    {
        base.Validate(faults);
        faults.Known(Kernel, nameof(Kernel));
        faults.NotNegative(CompanionWeight, nameof(CompanionWeight));
        faults.Known(Weighting, nameof(Weighting));
        faults.Known(Grassmann, nameof(Grassmann));
        faults.Known(Tap, nameof(Tap));
    }
}
