using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Losses;

/// <summary>
/// The Cauchy-Schwarz divergence between soft clusters under a kernel. Small when clusters are compact and far apart.
/// Trosten, Løkse, Jenssen, Kampffmeyer, "Leveraging tensor kernels to reduce objective function mismatch in deep clustering",
/// Pattern Recognition 149, 2024, Equations 2 and 6.
/// </summary>
internal static class CauchySchwarzDivergence
{
    private const double SmallestNumerator = 1e-9;
    private const double SmallestProduct = 1e-18;

    /// <summary>
    /// D(A, K) = 2/(k(k-1)) Σ_{i&lt;j} (AᵀKA)_ij / sqrt((AᵀKA)_ii (AᵀKA)_jj).
    /// </summary>
    /// <param name="assignments">A, (n, k), not negative.</param>
    /// <param name="kernel">K, (n, n), symmetric.</param>
    /// <param name="weights">
    /// (n), above 0, or null for 1: α_a becomes w_a α_a, as if the row stood there w_a times.
    /// </param>
    /// <returns>A scalar, 0 to 1 for a positive semidefinite kernel.</returns>
    public static Tensor Compute(Tensor assignments, Tensor kernel, Tensor? weights = null)
    {
        if (weights is not null)
            assignments = weights.unsqueeze(1) * assignments;
        var k = assignments.shape[1];
        var similarity = assignments.transpose(0, 1).mm(kernel).mm(assignments); // (k, n) x (n, n) x (n, k)
        var own = similarity.diagonal(0, 0, 1);
        var product = (own.unsqueeze(0) * own.unsqueeze(1)).AtLeast(SmallestProduct);
        var ratios = similarity.AtLeast(SmallestNumerator) / product.sqrt();
        return ratios.triu(1).sum().Times(2.0 / (k * (k - 1)));
    }
}
