using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Losses;

/// <summary>
/// KL(P || Q) = 1/n Σ_i Σ_j p_ij log(p_ij / q_ij), mean over the batch. Xie, Girshick and Farhadi, ICML 2016, Equation 2.
/// </summary>
internal static class AssignmentDivergence
{
    // Far below any assignment that matters, far above the smallest float.
    private const double Floor = 1e-20;

    /// <summary>P (n, k), without gradient, Q (n, k) and weights (n) or null -> scalar.</summary>
    public static Tensor Compute(Tensor target, Tensor assignments, Tensor? weights = null)
        => RowMean.Compute((target * (target.AtLeast(Floor).log() - assignments.AtLeast(Floor).log())).sum(dim: 1L), weights);
}
