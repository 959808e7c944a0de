using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Losses;

/// <summary>
/// The second term of DDC: the mean inner product of the soft assignments of two different samples. It keeps all samples
/// from falling into one cluster. Trosten et al. 2024, Equation 7, which prints the sum without its factor; the authors' code has it.
/// </summary>
internal static class AssignmentOrthogonality
{
    /// <summary>
    /// 2/(n(n-1)) Σ_{a&lt;b} α_aᵀ α_b, for (n, k) soft assignments. With weights (n) the mean in which a pair counts w_a w_b:
    /// Σ_{a≠b} w_a w_b α_aᵀ α_b / Σ_{a≠b} w_a w_b.
    /// </summary>
    public static Tensor Compute(Tensor assignments, Tensor? weights = null)
    {
        if (weights is not null)
            return OfPairs(weights.unsqueeze(1) * assignments) / OfPairs(weights.unsqueeze(1));
        var n = assignments.shape[0];
        // Σ_{a<b} α_aᵀα_b = (||Σ_a α_a||² - Σ_a ||α_a||²) / 2, with no (n, n) matrix.
        return OfPairs(assignments).Over(n * (n - 1));
    }

    // Σ_{a≠b} v_aᵀ v_b for (n, k).
    private static Tensor OfPairs(Tensor vectors) => vectors.sum(dim: 0L).Squared().sum() - vectors.Squared().sum();
}
