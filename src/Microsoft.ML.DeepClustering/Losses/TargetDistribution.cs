using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Losses;

/// <summary>
/// The target that sharpens soft assignments: p_ij ∝ q_ij² / f_j, f_j = Σ_i q_ij, with weights Σ_i w_i q_ij, the soft size of cluster j, over the whole data set.
/// Xie, Girshick and Farhadi, ICML 2016, Equation 3.
/// </summary>
internal static class TargetDistribution
{
    private const double SmallestSize = 1e-30;

    /// <summary>Q (n, k) and weights (n) or null -> P (n, k), rows sum to 1, without gradient.</summary>
    public static Tensor Compute(Tensor assignments, Tensor? weights = null)
        => Normalized(assignments.detach().Squared() / Sizes(assignments, weights));

    /// <summary>
    /// The target that only balances the clusters: p_ij ∝ q_ij / √f_j. Ghasedi Dizaji et al., ICCV 2017. Q (n, k) and weights (n) or null -> P (n, k), rows sum to 1, without gradient.
    /// </summary>
    public static Tensor Balanced(Tensor assignments, Tensor? weights = null)
        => Normalized(assignments.detach() / Sizes(assignments, weights).sqrt());

    // f, (k). A cluster that no point is near has a size of zero; then its assignments are zero too.
    private static Tensor Sizes(Tensor assignments, Tensor? weights)
    {
        var q = assignments.detach();
        return (weights is null ? q : weights.unsqueeze(1) * q).sum(dim: 0L).AtLeast(SmallestSize);
    }

    private static Tensor Normalized(Tensor shares) => shares / shares.sum(1L, true);
}
