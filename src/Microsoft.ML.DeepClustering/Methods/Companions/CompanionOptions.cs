using System.Text.Json.Serialization;
using Microsoft.ML.DeepClustering.Options;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Options of the unsupervised companion objective: L_UCO = λ Σ_l ω(l) D(A, K_l) over the blocks of the network.
/// Trosten, Jenssen, Kampffmeyer, NLDL 2021; Trosten, Løkse, Jenssen, Kampffmeyer, Pattern Recognition 149, 2024, Equation 3.
/// </summary>
public sealed class CompanionOptions
{
    /// <summary>The kernel that compares the outputs of a block. Default: <see cref="CompanionKernel.Tensor"/>, as in Trosten et al. 2024.</summary>
    public CompanionKernel Kernel { get; set; } = CompanionKernel.Tensor;

    /// <summary>λ, the weight of the companion objective, 0 or more. Default: 0.01, as in Trosten et al. 2024.</summary>
    public double Weight { get; set; } = 0.01;

    /// <summary>ω, the weights of the blocks. Default: <see cref="CompanionWeighting.Constant"/>, as in Trosten et al. 2024.</summary>
    public CompanionWeighting Weighting { get; set; } = CompanionWeighting.Constant;

    /// <summary>How the tensor kernel compares a mode with more rows than columns. Default: <see cref="GrassmannRule.AsPrinted"/>, Equation 17 of Trosten et al. 2024.</summary>
    public GrassmannRule Grassmann { get; set; } = GrassmannRule.AsPrinted;

    /// <summary>The width of the companions' Gaussian kernels. Default: <see cref="BandwidthRule.MedianOfSquaredDistances"/>, as in the authors' code.</summary>
    public BandwidthRule Bandwidth { get; set; } = BandwidthRule.MedianOfSquaredDistances;

    /// <summary>The gradient of the distances of the naive kernel; that of the tensor kernel is exact. Default: <see cref="DistanceGradient.Exact"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DistanceGradient DistanceGradient { get; set; }

    /// <summary>Where the first companion attaches to the convolutional network. Default: <see cref="FirstBlockTap.BeforePooling"/>, as in the authors' code.</summary>
    public FirstBlockTap Tap { get; set; } = FirstBlockTap.BeforePooling;

    internal CompanionOptions Copy() => (CompanionOptions)MemberwiseClone();

    internal void Validate(OptionFaults faults, string option)
    {
        faults.Known(Kernel, $"{option}.{nameof(Kernel)}");
        faults.NotNegative(Weight, $"{option}.{nameof(Weight)}");
        faults.Known(Weighting, $"{option}.{nameof(Weighting)}");
        faults.Known(Grassmann, $"{option}.{nameof(Grassmann)}");
        faults.Known(Bandwidth, $"{option}.{nameof(Bandwidth)}");
        faults.Known(DistanceGradient, $"{option}.{nameof(DistanceGradient)}");
        faults.Known(Tap, $"{option}.{nameof(Tap)}");
    }
}
