using Microsoft.ML.DeepClustering.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Kernels;

/// <summary>
/// T_ab = ||V_a V_bᵀ||²: sums over the r x r blocks of F Fᵀ squared, F the stack of all bases. F Fᵀ is symmetric: of its parts, which on a processor
/// are no larger than a core's cache, only those on and above the diagonal are computed. They are kept for the gradient 2 Σ_b w_ab (V_a V_bᵀ) V_b.
/// </summary>
/// <param name="inBFloat16">Whether the factors and results of the products are of bfloat16; sums are of the bases' own type.</param>
internal sealed class TracesByProducts(bool inBFloat16) : TraceForm
{
    private const long RowsPerPart = 240;

    // Of float32 the products of two parts are then 64 MiB.
    private const long RowsPerPartOnDevice = 4096;

    /// <summary>Multiplications of a forward and a backward pass, of float32; those of bfloat16 count half, for they take about half as long.</summary>
    public double Cost(double n, double r, double c) => (inBFloat16 ? 0.8 : 1.6) * n * n * r * r * c;

    public override (Tensor Traces, IReadOnlyList<Tensor> Kept) Traces(Tensor bases, bool keep)
    {
        var traces = empty(new[] { bases.shape[0], bases.shape[0] }, dtype: bases.dtype, device: bases.device);
        var kept = new List<Tensor>();
        var parts = Parts(bases);
        foreach (var (i, j) in UpperPairs(parts.Length))
        {
            using var inner = NewDisposeScope();
            var products = parts[i].Rows.mm(parts[j].Rows.transpose(0, 1)); // (n_i r, c) x (c, n_j r)
            var sums = products.to(bases.dtype).Squared().reshape(parts[i].Samples, -1, parts[j].Samples, bases.shape[1]).sum(dim: 3L).sum(dim: 1L);
            Block(traces, parts[i], parts[j]).copy_(sums);
            if (i < j)
                Block(traces, parts[j], parts[i]).copy_(sums.transpose(0, 1));
            if (keep)
                kept.Add(products.MoveToOuterDisposeScope());
        }

        return (traces, kept);
    }

    public override Tensor Gradient(Tensor bases, Tensor weights, IReadOnlyList<Tensor> kept)
    {
        var parts = Parts(bases);
        var twice = weights.Times(2);
        var gradient = zeros(new[] { bases.shape[0] * bases.shape[1], bases.shape[2] }, dtype: bases.dtype, device: bases.device);
        foreach (var ((i, j), products) in UpperPairs(parts.Length).Zip(kept))
        {
            using var inner = NewDisposeScope();
            var (a, b) = (parts[i], parts[j]);
            var factors = Block(twice, a, b).unsqueeze(1).unsqueeze(3); // (n_i, 1, n_j, 1)
            var weighted = Factor((products.reshape(a.Samples, -1, b.Samples, bases.shape[1]) * factors).reshape(products.shape));
            AddProduct(gradient.narrow(0, a.Start * bases.shape[1], a.Rows.shape[0]), weighted, b.Rows); // (n_i r, n_j r) x (n_j r, c)
            if (i < j)
                AddProduct(gradient.narrow(0, b.Start * bases.shape[1], b.Rows.shape[0]), weighted.transpose(0, 1), a.Rows);
        }

        return gradient.reshape(bases.shape);
    }

    private Tensor Factor(Tensor values) => inBFloat16 ? values.to(ScalarType.BFloat16) : values;

    private void AddProduct(Tensor sum, Tensor left, Tensor right)
    {
        if (inBFloat16)
            sum.Add(left.mm(right));
        else
            sum.addmm_(left, right, 1, 1);
    }

    private Part[] Parts(Tensor bases)
    {
        long n = bases.shape[0], r = bases.shape[1];
        var samples = Math.Max(1, (bases.device_type == DeviceType.CPU ? RowsPerPart : RowsPerPartOnDevice) / r);
        var stack = Factor(bases.reshape(n * r, bases.shape[2]));
        return Enumerable.Range(0, (int)((n + samples - 1) / samples)).Select(i =>
        {
            var (start, count) = (i * samples, Math.Min(samples, n - i * samples));
            return new Part(start, count, stack.narrow(0, start * r, count * r));
        }).ToArray();
    }

    private static IEnumerable<(int I, int J)> UpperPairs(int parts)
        => Enumerable.Range(0, parts).SelectMany(i => Enumerable.Range(i, parts - i).Select(j => (i, j)));

    // The entries of an (n, n) matrix between the samples of two parts.
    private static Tensor Block(Tensor matrix, Part a, Part b) => matrix.narrow(0, a.Start, a.Samples).narrow(1, b.Start, b.Samples);

    /// <summary>Some successive samples: their bases are stacked in Rows, (Samples r, c).</summary>
    private readonly record struct Part(long Start, long Samples, Tensor Rows);
}
