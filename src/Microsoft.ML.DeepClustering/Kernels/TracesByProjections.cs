using Microsoft.ML.DeepClustering.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Kernels;

/// <summary>
/// T_ab = vec(Π_a) · vec(Π_b), over the blocks of Π on and above its diagonal, for Π is symmetric. The blocks are kept for the
/// gradient 2 V_a D_a, D_a = Σ_b w_ab Π_b.
/// </summary>
internal sealed class TracesByProjections : TraceForm
{
    // At most, on a processor, into whose cache the blocks of a batch then fit.
    private const long ColumnsPerBlock = 80;

    /// <summary>Multiplications of a forward and a backward pass; those of small matrices count twice, for they take about as long.</summary>
    public static double Cost(double n, double r, double c) => n * n * c * c + 3 * n * r * c * c;

    public override (Tensor Traces, IReadOnlyList<Tensor> Kept) Traces(Tensor bases, bool keep)
    {
        var n = bases.shape[0];
        var half = zeros(new[] { n, n }, dtype: bases.dtype, device: bases.device);
        var kept = new List<Tensor>();
        var parts = Parts(bases);
        for (var i = 0; i < parts.Length; i++)
        {
            for (var j = i; j < parts.Length; j++)
            {
                using var inner = NewDisposeScope();
                var block = bmm(parts[i].transpose(1, 2), parts[j]).reshape(n, -1); // (n, c_i, r) x (n, r, c_j)
                half.addmm_(block, block.transpose(0, 1), 1, i == j ? 0.5f : 1);
                if (keep)
                    kept.Add(block.MoveToOuterDisposeScope());
            }
        }

        return (half.Plus(half.transpose(0, 1)), kept);
    }

    public override Tensor Gradient(Tensor bases, Tensor weights, IReadOnlyList<Tensor> kept)
    {
        var twice = weights.Times(2);
        var parts = Parts(bases);
        var gradients = parts.Select(p => zeros(p.shape, dtype: p.dtype, device: p.device)).ToArray();
        var next = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            for (var j = i; j < parts.Length; j++)
            {
                using var inner = NewDisposeScope();
                var block = twice.mm(kept[next++]).reshape(bases.shape[0], parts[i].shape[2], parts[j].shape[2]);
                gradients[i].Add(bmm(parts[j], block.transpose(1, 2))); // (n, r, c_j) x (n, c_j, c_i)
                if (i < j)
                    gradients[j].Add(bmm(parts[i], block)); // (n, r, c_i) x (n, c_i, c_j)
            }
        }

        return cat(gradients, 2);
    }

    // Equal parts of the columns, (n, r, c_i); batched products of contiguous matrices are the faster ones.
    private static Tensor[] Parts(Tensor bases)
    {
        var columns = bases.shape[2];
        var blocks = bases.device_type == DeviceType.CPU ? (columns + ColumnsPerBlock - 1) / ColumnsPerBlock : 1;
        return bases.split((columns + blocks - 1) / blocks, 2).Select(p => p.contiguous()).ToArray();
    }
}
