using Microsoft.ML.DeepClustering.Methods.Companions;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.DdcUco;

/// <summary>DDC-UCO: Trosten et al. 2021 and 2024.</summary>
internal sealed class DdcUcoMethod(DdcUcoOptions options, NetworkChoice choice) : DdcFamilyMethod(options, choice, options.Companion.Tap)
{
    private readonly CompanionObjective _companion = new(options.Companion);

    /// <summary>L1 + L2 + L3 + L_UCO: Trosten et al. 2024, Equations 6 to 8 and 3.</summary>
    public override LossTerms Loss(Tensor batch, Tensor? weights = null)
    {
        var output = Run(batch);
        var terms = ClusteringTerms(output, weights);
        _companion.AddTo(terms, output.Assignments, output.Blocks, weights);
        return terms;
    }
}
