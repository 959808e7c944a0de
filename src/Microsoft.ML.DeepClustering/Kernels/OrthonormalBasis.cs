#nullable disable
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Kernels;

/// <summary>
/// Orthonormal bases of the row spaces of a batch of matrices, without a singular value decomposition:
/// with the Cholesky factor L of the Gram matrix X Xᵀ, the rows of L⁻¹ X are orthonormal. Its gradient is finite where
/// singular values meet, unlike that of the decomposition.
/// </summary>
internal static class OrthonormalBasis
{
    // Against the mean eigenvalue of the Gram matrix. A direction whose singular value is 1e-4 of the mean counts half.
    private const double RelativeRidge = 1e-8;

    // So that the factor of an all-zero matrix exists; its basis is then zero.
    private const double AbsoluteRidge = 1e-12;

    /// <summary>(n, r, c) with r ≤ c -> (n, r, c). A matrix of rank below r gives a basis whose projection has that rank.</summary>
    public static Tensor OfRows(Tensor matrices)
    {
        var rows = matrices.shape[1];
        // The Gram matrix squares the condition number: it is formed and factored in double precision.
        var precise = matrices.to(ScalarType.Float64);
        var gram = bmm(precise, precise.transpose(1, 2)); // (n, r, c) x (n, c, r) -> (n, r, r)
        var trace = gram.diagonal(0, 1, 2).sum(dim: 1L); // (n)
        var ridge = trace * (RelativeRidge / rows) + AbsoluteRidge;
        var identity = eye(rows, dtype: ScalarType.Float64, device: matrices.device);
        var factor = linalg.cholesky(gram + ridge.unsqueeze(1).unsqueeze(2) * identity);
        var inverse = linalg.inv(factor).to(matrices.dtype);
        return bmm(inverse, matrices);
    }
}
