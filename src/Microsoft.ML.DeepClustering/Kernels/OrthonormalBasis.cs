#nullable disable
using Microsoft.ML.DeepClustering.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Kernels;

/// <summary>
/// Orthonormal bases of the row spaces of a batch of matrices, without a singular value decomposition:
/// with the Cholesky factor L of the Gram matrix X Xᵀ, the rows of V = L⁻¹ X are orthonormal.
/// </summary>
internal static class OrthonormalBasis
{
    // Against the mean eigenvalue of the Gram matrix: a direction whose singular value is 1e-4 of the mean counts half.
    private const double RelativeRidge = 1e-8;

    // So that the factor of an all-zero matrix exists; its basis is then zero.
    private const double AbsoluteRidge = 1e-12;

    /// <summary>
    /// (n, r, c) with r ≤ c -> (n, r, c). A matrix of rank below r gives a basis whose projection has that rank.
    /// The gradient is right for functions of the row spaces alone, which do not change when a basis is rotated:
    /// it is L⁻ᵀ G (I - VᵀV) for a gradient G of V, finite where singular values meet, unlike the decomposition's.
    /// </summary>
    public static Tensor OfRows(Tensor matrices)
    {
        var rotated = bmm(InverseFactor(matrices), matrices); // (n, r, r) x (n, r, c) -> (n, r, c)
        var basis = rotated.detach();
        var inside = bmm(rotated, basis.transpose(1, 2)); // (n, r, r)
        // The value is unchanged; of the gradient only the part that leaves the row space passes.
        return rotated - bmm(inside - inside.detach(), basis);
    }

    // L⁻¹, without gradient. The Gram matrix squares the condition number: it is formed and factored in double precision.
    private static Tensor InverseFactor(Tensor matrices)
    {
        using var gradientsOff = no_grad();
        var rows = matrices.shape[1];
        var precise = matrices.to(ScalarType.Float64);
        var gram = bmm(precise, precise.transpose(1, 2)); // (n, r, c) x (n, c, r) -> (n, r, r)
        // cholesky throws for what is not finite; a loss that becomes NaN says that the training has diverged, as everywhere else.
        if (!gram.isfinite().all().item<bool>())
            return gram.Times(double.NaN).to(matrices.dtype);
        var trace = gram.diagonal(0, 1, 2).sum(dim: 1L); // (n)
        var ridge = trace.Times(RelativeRidge / rows).Plus(AbsoluteRidge);
        var identity = eye(rows, dtype: ScalarType.Float64, device: matrices.device);
        var factor = linalg.cholesky(gram.Plus(ridge.unsqueeze(1).unsqueeze(2) * identity));
        return linalg.inv(factor).to(matrices.dtype);
    }
}
