using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Methods.Ddc;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Options of DDC, deep divergence-based clustering: Kampffmeyer et al., "Deep divergence-based approach to clustering",
/// Neural Networks 113, 2019, in the form of Trosten et al. 2021, Section 3. The defaults are those of the authors' later code.
/// </summary>
/// <remarks>Its own defaults: <c>LearningRate = 1e-3, Initialization = HeNormal</c>.</remarks>
public sealed class DdcOptions : DdcFamilyOptions
{
    /// <summary>Options with the defaults that the remarks and the members name.</summary>
    public DdcOptions() => LearningRate = 1e-3;

    internal override ClusteringMethod CreateMethod(InputShape shape) => new DdcMethod(this, this.NetworkFor(shape));

    /// <summary>Settings of the papers.</summary>
    public static class Presets
    {
        /// <summary>
        /// DDC of Trosten et al. 2024: Adam at 1e-3, batches of 120, 200 epochs, Glorot uniform weights, the normalisation of Keras. Not taken over: the gradient of distances in
        /// their code, which is <see cref="DistanceGradient.OneSided"/>.
        /// </summary>
        public static DdcOptions Pr24() => Create(1e-3);

        /// <summary>DDC of Trosten et al. 2021: as <see cref="Pr24"/>, at 1e-4.</summary>
        public static DdcOptions Nldl21() => Create(1e-4);

        private static DdcOptions Create(double learningRate)
        {
            var options = new DdcOptions();
            options.SetTrosten(learningRate);
            return options;
        }
    }
}
