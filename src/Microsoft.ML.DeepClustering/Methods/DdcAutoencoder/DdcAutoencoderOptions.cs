using Microsoft.ML.DeepClustering.Options;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Options of DDC-AE: DDC with a decoder on the features of its network, fed by the last block. Trosten et al. 2021, Section 5; Trosten et al. 2024,
/// Section 4. The defaults are those of the authors' code.
/// </summary>
public sealed class DdcAutoencoderOptions : DdcFamilyOptions
{
    /// <summary>The settings of the authors' later code: Adam at 1e-3, batches of 120, 200 epochs, He normal weights.</summary>
    public DdcAutoencoderOptions() => LearningRate = 1e-3;

    /// <summary>The weight of the mean squared error of the reconstruction, 0 or more. Default: 0.1.</summary>
    public double ReconstructionWeight { get; set; } = 0.1;

    internal override double? Reconstruction => ReconstructionWeight;

    internal override void Validate(OptionFaults faults)
    {
        base.Validate(faults);
        faults.NotNegative(ReconstructionWeight, nameof(ReconstructionWeight));
    }
}
