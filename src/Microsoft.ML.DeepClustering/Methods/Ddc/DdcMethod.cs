using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Ddc;

/// <summary>DDC: Kampffmeyer et al. 2019, in the form of Trosten et al. 2021, Section 3.</summary>
internal sealed class DdcMethod(DdcOptions options, NetworkChoice choice) : DdcFamilyMethod(options, choice)
{
    /// <summary>L1 + L2 + L3: Trosten et al. 2024, Equations 6 to 8.</summary>
    public override LossTerms Loss(Tensor batch, Tensor? weights = null)
    {
        var output = Run(batch);
        var terms = new LossTerms();
        terms.Add("separation", CauchySchwarzDivergence.Compute(output.Assignments, output.Kernel, weights));
        terms.Add("orthogonality", AssignmentOrthogonality.Compute(output.Assignments, weights));
        terms.Add("corners", SimplexCorners.Compute(output.Assignments, output.Kernel, weights));
        return terms;
    }
}
