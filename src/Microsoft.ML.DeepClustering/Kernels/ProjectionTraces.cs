#nullable disable
using Microsoft.ML.DeepClustering.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Kernels;

/// <summary>
/// T_ab = tr(Π_a Π_b) for all pairs of subspaces with orthonormal bases V_a (rows), Π = VᵀV.
/// Two forms give the same values and gradients; the cheaper one is taken. Both work block by block on half of a symmetric whole,
/// and no block is larger than a processor's cache.
/// </summary>
internal static class ProjectionTraces
{
    private const long RowsPerBlock = 480;
    private const long ColumnsPerBlock = 96;

    /// <summary>(n, r, c) bases -> (n, n) traces.</summary>
    public static Tensor Compute(Tensor bases)
    {
        double n = bases.shape[0], r = bases.shape[1], c = bases.shape[2];
        // Multiplications of a forward and a backward pass.
        var byProducts = 3 * n * n * r * r * c;
        var byProjections = 2 * n * n * c * c + 3 * n * r * c * c;
        return byProducts <= byProjections ? FromProducts(bases) : FromProjections(bases);
    }

    /// <summary>T_ab = ||V_a V_bᵀ||²: sums over blocks of F Fᵀ squared, F the stack of all bases.</summary>
    internal static Tensor FromProducts(Tensor bases)
    {
        long n = bases.shape[0], r = bases.shape[1], c = bases.shape[2];
        var samplesPerPart = Math.Max(1, RowsPerBlock / r);
        var parts = bases.reshape(n * r, c).split(samplesPerPart * r, 0);
        var strips = new List<Tensor>();
        for (var i = 0; i < parts.Length; i++)
        {
            var samples = parts[i].shape[0] / r;
            var before = n - parts[i..].Sum(p => p.shape[0]) / r;
            // Gradient flows through the left factor only; the transpose carries the other half. Half, for the whole is symmetric.
            var own = SumOfSquares(parts[i].matmul(parts[i].detach().transpose(0, 1)), r); // (n_i, n_i)
            var pieces = new List<Tensor> { (own.Plus(own.transpose(0, 1)) - own.detach()).Times(0.5) };
            if (before > 0)
                pieces.Insert(0, zeros(new[] { samples, before }, dtype: bases.dtype, device: bases.device));
            if (i + 1 < parts.Length)
                pieces.Add(SumOfSquares(parts[i].matmul(cat(parts[(i + 1)..], 0).transpose(0, 1)), r)); // (n_i, samples beyond)
            strips.Add(cat(pieces, 1));
        }

        var half = cat(strips, 0);
        return half.Plus(half.transpose(0, 1));
    }

    /// <summary>T_ab = vec(Π_a) · vec(Π_b), over the blocks of Π on and below its diagonal.</summary>
    internal static Tensor FromProjections(Tensor bases)
    {
        var n = bases.shape[0];
        var parts = bases.split(ColumnsPerBlock, 2); // (n, r, c_i)
        Tensor half = null;
        for (var i = 0; i < parts.Length; i++)
        {
            for (var j = i; j < parts.Length; j++)
            {
                var block = bmm(parts[i].transpose(1, 2), parts[j]).reshape(n, -1); // (n, c_i, r) x (n, r, c_j)
                // Gradient flows through the left factor only; the transpose below carries the other half.
                var products = block.matmul(block.detach().transpose(0, 1)).Times(i == j ? 1 : 2);
                half = half is null ? products : half.Plus(products);
            }
        }

        return half.Plus(half.transpose(0, 1)) - half.detach();
    }

    // The sums of squares of the blocks of r x r. The detached factor saves two of three passes of the backward step.
    private static Tensor SumOfSquares(Tensor products, long r)
    {
        long rows = products.shape[0] / r, columns = products.shape[1] / r;
        var half = (products * products.detach()).reshape(rows, r, columns, r).sum(dim: 3L).sum(dim: 1L);
        return half.Times(2) - half.detach();
    }
}
