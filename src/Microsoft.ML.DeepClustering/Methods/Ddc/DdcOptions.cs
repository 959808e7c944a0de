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
}
