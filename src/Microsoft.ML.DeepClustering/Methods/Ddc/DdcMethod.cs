using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Ddc;

/// <summary>DDC: Kampffmeyer et al. 2019, in the form of Trosten et al. 2021, Section 3.</summary>
internal sealed class DdcMethod(DdcOptions options, NetworkChoice choice) : DdcFamilyMethod(options, choice)
{
    /// <summary>L1 + L2 + L3: Trosten et al. 2024, Equations 6 to 8.</summary>
    public override LossTerms Loss(Tensor batch, Tensor? weights = null) => ClusteringTerms(Run(batch), weights);
}
