using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Methods.DdcUco;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Options of DDC-UCO: DDC with the unsupervised companion objective on the outputs of the network's blocks.
/// Trosten, Jenssen, Kampffmeyer, NLDL 2021; Trosten, Løkse, Jenssen, Kampffmeyer, Pattern Recognition 149, 2024.
/// A new object has the settings of <see cref="Presets.Pr24"/> but for the lengths, which are null, and the learning rate, the initial weights and the normalisation, which are
/// those of the authors' later code.
/// </summary>
/// <remarks>Its own defaults: <c>LearningRate = 1e-4, Initialization = HeNormal</c>.</remarks>
public sealed class DdcUcoOptions : DdcFamilyOptions
{
    /// <summary>Options with the defaults that the remarks and the members name.</summary>
    public DdcUcoOptions() => LearningRate = 1e-4;

    /// <summary>The companion objective. Copied with the options. Default: new CompanionOptions().</summary>
    public CompanionOptions Companion { get; set; } = new();

    internal override ClusteringMethod CreateMethod(InputShape shape) => new DdcUcoMethod(this, this.NetworkFor(shape));

    internal override DeepClusteringOptions Copy()
    {
        var copy = (DdcUcoOptions)base.Copy();
        copy.Companion = Companion?.Copy()!;
        return copy;
    }

    internal override void Validate(OptionFaults faults)
    {
        base.Validate(faults);
        faults.Require(Companion is not null, nameof(Companion), "null", "options of the companion objective");
        Companion?.Validate(faults, nameof(Companion));
    }

    /// <summary>
    /// Settings of the papers. Not taken over: the gradient of distances in the authors' code, which is <see cref="DistanceGradient.OneSided"/> both in
    /// <see cref="DdcFamilyOptions.DistanceGradient"/> and, for the naive kernel, in <see cref="CompanionOptions.DistanceGradient"/>.
    /// </summary>
    public static class Presets
    {
        /// <summary>
        /// Trosten et al. 2024: tensor kernel, λ = 0.01, ω constant, Adam at 1e-3, batches of 120, 200 epochs, Glorot uniform weights, the normalisation
        /// of Keras. The rate is that of the text (Section 6.1); their code has 1e-4.
        /// </summary>
        public static DdcUcoOptions Pr24() => Create(1e-3, new());

        /// <summary>Trosten et al. 2021: naive kernel, λ = 0.1, ω exponential, Adam at 1e-4, batches of 120, 200 epochs, Glorot uniform weights, the normalisation of Keras.</summary>
        public static DdcUcoOptions Nldl21() => Create(1e-4, new() { Kernel = CompanionKernel.Naive, Weight = 0.1, Weighting = CompanionWeighting.Exponential });

        private static DdcUcoOptions Create(double learningRate, CompanionOptions companion)
        {
            var options = new DdcUcoOptions { Companion = companion };
            options.SetTrosten(learningRate);
            return options;
        }
    }
}
