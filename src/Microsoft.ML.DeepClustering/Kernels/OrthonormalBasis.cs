using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Kernels;

/// <summary>
/// Orthonormal bases V of the row spaces of a batch of matrices X, without a singular value decomposition:
/// with the Cholesky factor L of the Gram matrix X Xᵀ, the rows of V = L⁻¹ X are orthonormal.
/// </summary>
/// <param name="Rows">V, (n, r, c). A matrix of rank below r gives a basis whose projection VᵀV has that rank.</param>
/// <param name="InverseFactor">L⁻¹, (n, r, r).</param>
internal sealed record OrthonormalBasis(Tensor Rows, Tensor InverseFactor)
{
    // Against the mean eigenvalue of the Gram matrix: a direction whose singular value is 1e-4 of the mean counts half.
    private const double RelativeRidge = 1e-8;

    // So that the factor of an all-zero matrix exists; its basis is then zero.
    private const double AbsoluteRidge = 1e-12;

    /// <summary>The bases of (n, r, c) matrices, r ≤ c. No gradient is recorded; <see cref="Gradient"/> gives it.</summary>
    public static OrthonormalBasis Compute(Tensor matrices)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var inverse = Inverse(matrices);
        var rows = bmm(inverse, matrices); // (n, r, r) x (n, r, c) -> (n, r, c)
        return new(rows.MoveToOuterDisposeScope(), inverse.MoveToOuterDisposeScope());
    }

    /// <summary>
    /// The gradient of X, (n, r, c), from one of V, of a function of the projections Π = VᵀV alone. With Π = Xᵀ M X, M = (X Xᵀ + ridge)⁻¹,
    /// and D the gradient of Π, it is 2 M X D (I - Π) = L⁻ᵀ (2 V D)(I - VᵀV): finite where singular values meet, unlike that of the
    /// singular value decomposition.
    /// </summary>
    public Tensor Gradient(Tensor ofRows)
    {
        using var scope = NewDisposeScope();
        var inside = bmm(ofRows, Rows.transpose(1, 2)); // (n, r, c) x (n, c, r) -> (n, r, r)
        var outside = ofRows - bmm(inside, Rows);
        return bmm(InverseFactor.transpose(1, 2), outside).MoveToOuterDisposeScope();
    }

    // The Gram matrix squares the condition number: it is formed and factored in double precision.
    private static Tensor Inverse(Tensor matrices)
    {
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
        return linalg.solve_triangular(factor, identity, upper: false).to(matrices.dtype);
    }
}
