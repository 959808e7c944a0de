#nullable disable
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Kernels;

/// <summary>
/// T_ab = tr(Π_a Π_b) for all pairs of subspaces with orthonormal bases V_a (rows), Π = VᵀV.
/// Two forms give the same values and gradients; the cheaper one is taken. Both compute half of a symmetric whole.
/// </summary>
internal static class ProjectionTraces
{
    private const long RowsPerBlock = 256;
    private const long ColumnsPerBlock = 64;

    /// <summary>(n, r, c) bases -> (n, n) traces.</summary>
    public static Tensor Compute(Tensor bases)
    {
        double n = bases.shape[0], r = bases.shape[1], c = bases.shape[2];
        // Multiplications of a forward and a backward pass.
        var byProducts = 3 * n * n * r * r * c;
        var byProjections = 2 * n * n * c * c + 3 * n * r * c * c;
        return byProducts <= byProjections ? FromProducts(bases) : FromProjections(bases);
    }

    /// <summary>T_ab = ||V_a V_bᵀ||²: sums over the blocks of F Fᵀ squared, F the stack of all bases.</summary>
    internal static Tensor FromProducts(Tensor bases)
    {
        long n = bases.shape[0], r = bases.shape[1], c = bases.shape[2];
        var stack = bases.reshape(n * r, c);
        var samplesPerBlock = Math.Max(1, RowsPerBlock / r);
        var blockRows = new List<Tensor>();
        for (var start = 0L; start < n; start += samplesPerBlock)
        {
            var count = Math.Min(samplesPerBlock, n - start);
            var left = stack.narrow(0, start * r, count * r);
            var right = stack.narrow(0, start * r, (n - start) * r);
            var products = left.matmul(right.transpose(0, 1)); // (count r, c) x (c, rest r)
            var blocks = SumOfSquares(products, count, n - start, r); // (count, rest)
            // The block on the diagonal appears again in the transpose.
            var diagonal = 0.5 * blocks.narrow(1, 0, count);
            var beyond = blocks.narrow(1, count, n - start - count);
            var before = zeros(new[] { count, start }, dtype: bases.dtype, device: bases.device);
            blockRows.Add(cat(new[] { before, diagonal, beyond }, 1));
        }

        var half = cat(blockRows, 0);
        return half + half.transpose(0, 1);
    }

    /// <summary>T_ab = vec(Π_a) · vec(Π_b), over the columns of Π block by block.</summary>
    internal static Tensor FromProjections(Tensor bases)
    {
        long n = bases.shape[0], c = bases.shape[2];
        var transposed = bases.transpose(1, 2); // (n, c, r)
        Tensor traces = null;
        for (var start = 0L; start < c; start += ColumnsPerBlock)
        {
            var count = Math.Min(ColumnsPerBlock, c - start);
            var columns = bases.narrow(2, start, count);
            var square = bmm(transposed.narrow(1, start, count), columns).reshape(n, count * count);
            var sum = Products(square);
            var left = c - start - count;
            if (left > 0)
            {
                var below = bmm(transposed.narrow(1, start + count, left), columns).reshape(n, left * count);
                sum = sum + 2.0 * Products(below);
            }

            traces = traces is null ? sum : traces + sum;
        }

        // Gradient flowed through the left factor only; the transpose carries the other half.
        return traces + traces.transpose(0, 1) - traces.detach();
    }

    // (n, m) -> (n, n)
    private static Tensor Products(Tensor rows) => rows.matmul(rows.detach().transpose(0, 1));

    // Blocks of r x r: their sums of squares. The detached factor saves two of three passes of the backward step.
    private static Tensor SumOfSquares(Tensor products, long rows, long columns, long r)
    {
        var half = (products * products.detach()).reshape(rows, r, columns, r).sum(dim: 3L).sum(dim: 1L);
        return 2.0 * half - half.detach();
    }
}
