using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Losses;

/// <summary>
/// CE(P, Q) = -1/n Σ_i Σ_j p_ij log(q_ij + 1e-8), mean over the batch: KL(P || Q) but for the entropy of P. The clustering loss of DEC and IDEC in the code of Miklautz
/// et al., ICLR 2025.
/// </summary>
internal static class AssignmentCrossEntropy
{
    private const double Smallest = 1e-8;

    /// <summary>P (n, k), without gradient, Q (n, k) and weights (n) or null -> scalar.</summary>
    public static Tensor Compute(Tensor target, Tensor assignments, Tensor? weights = null)
        => RowMean.Compute((target * assignments.Plus(Smallest).log()).sum(dim: 1L), weights).Times(-1);
}
