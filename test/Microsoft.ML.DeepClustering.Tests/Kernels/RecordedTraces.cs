using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Kernels;

/// <summary>
/// T_ab = tr(Π_a Π_b) of the row spaces of a batch of matrices, by operations that record their gradient themselves: the reference for the
/// gradient by hand. The bases come from the Cholesky factor of the Gram matrix, through which no gradient flows; the part of a
/// gradient that stays within a row space is taken away instead, for it changes no projection.
/// </summary>
internal static class RecordedTraces
{
    /// <summary>(n, r, c) with r ≤ c -> (n, n).</summary>
    public static Tensor Compute(Tensor matrices)
    {
        long n = matrices.shape[0], r = matrices.shape[1], c = matrices.shape[2];
        var stack = Bases(matrices).reshape(n * r, c);
        return stack.matmul(stack.transpose(0, 1)).square().reshape(n, r, n, r).sum(dim: 3L).sum(dim: 1L);
    }

    private static Tensor Bases(Tensor matrices)
    {
        var rotated = bmm(InverseFactor(matrices.detach()), matrices);
        var basis = rotated.detach();
        var inside = bmm(rotated, basis.transpose(1, 2));
        return rotated - bmm(inside - inside.detach(), basis);
    }

    private static Tensor InverseFactor(Tensor matrices)
    {
        var rows = matrices.shape[1];
        var precise = matrices.to(ScalarType.Float64);
        var gram = bmm(precise, precise.transpose(1, 2));
        var ridge = gram.diagonal(0, 1, 2).sum(dim: 1L) * (1e-8 / rows) + 1e-12;
        var factor = linalg.cholesky(gram + ridge.unsqueeze(1).unsqueeze(2) * eye(rows, dtype: ScalarType.Float64));
        return linalg.inv(factor).to(matrices.dtype);
    }
}
