using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Methods.DdcAutoencoder;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Options of DDC-AE: DDC with a decoder on the features of its network, fed by the last block. Trosten et al. 2021, Section 5; Trosten et al. 2024,
/// Section 4. The defaults are those of the authors' later code.
/// </summary>
/// <remarks>Its own defaults: <c>LearningRate = 1e-3, Initialization = HeNormal</c>.</remarks>
public sealed class DdcAutoencoderOptions : DdcFamilyOptions
{
    /// <summary>Options with the defaults that the remarks and the members name.</summary>
    public DdcAutoencoderOptions() => LearningRate = 1e-3;

    /// <summary>The weight of the mean squared error of the reconstruction, 0 or more. Default: 0.1, as in the authors' code.</summary>
    public double ReconstructionWeight { get; set; } = 0.1;

    internal override ClusteringMethod CreateMethod(InputShape shape) => new DdcAutoencoderMethod(this, this.NetworkFor(shape));

    internal override Int128 MirroredWeights(InputShape shape) => this.NetworkFor(shape).ChosenWeights;

    internal override void Validate(OptionFaults faults)
    {
        base.Validate(faults);
        faults.NotNegative(ReconstructionWeight, nameof(ReconstructionWeight));
    }

    /// <summary>Settings of the papers.</summary>
    public static class Presets
    {
        /// <summary>
        /// DDC-AE of Trosten et al. 2024: Adam at 1e-3, batches of 120, 200 epochs, Glorot uniform weights, the normalisation of Keras. Not taken over: the gradient of distances in
        /// their code, which is <see cref="DistanceGradient.OneSided"/>.
        /// </summary>
        public static DdcAutoencoderOptions Pr24() => Create(1e-3);

        /// <summary>DDC-AE of Trosten et al. 2021: as <see cref="Pr24"/>, at 1e-4.</summary>
        public static DdcAutoencoderOptions Nldl21() => Create(1e-4);

        private static DdcAutoencoderOptions Create(double learningRate)
        {
            var options = new DdcAutoencoderOptions();
            options.SetTrosten(learningRate);
            return options;
        }
    }
}
