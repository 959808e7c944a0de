using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Losses;

/// <summary>
/// The target that sharpens soft assignments: p_ij ∝ q_ij² / f_j, f_j = Σ_i q_ij, with weights Σ_i w_i q_ij, the soft size of cluster j, over the whole data set.
/// Xie, Girshick and Farhadi, ICML 2016, Equation 3.
/// </summary>
internal static class TargetDistribution
{
    /// <summary>Q (n, k) and weights (n) or null -> P (n, k), rows sum to 1, without gradient.</summary>
    public static Tensor Compute(Tensor assignments, Tensor? weights = null)
    {
        var q = assignments.detach();
        // A cluster that no point is near has a size of zero; then its squares are zero too.
        var sizes = (weights is null ? q : weights.unsqueeze(1) * q).sum(dim: 0L);
        var shares = q.Squared() / sizes.AtLeast(1e-30);
        return shares / shares.sum(1L, true);
    }
}
