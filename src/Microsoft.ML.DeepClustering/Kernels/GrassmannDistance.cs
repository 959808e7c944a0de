using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Kernels;

/// <summary>
/// Squared distances between the tensors of a batch as points on Grassmann manifolds, one for each mode:
/// Trosten et al. 2024, Equations 12 to 17. d² = Σ_m d²_m, d²_m from the row space of the m-th matricization.
/// </summary>
internal static class GrassmannDistance
{
    /// <summary>
    /// (n, D_1, ..., D_r) -> (n, n). A sample that is a vector (r = 1) stands for the line through it.
    /// Samples of deficient rank or of zeros alone give finite values and gradients.
    /// </summary>
    /// <param name="samples">Of float32 or float64.</param>
    /// <param name="rule">How a mode of more rows than columns is treated.</param>
    /// <param name="inBFloat16">Whether the products of bases with each other, which take most of the time, are of bfloat16.</param>
    public static Tensor SquaredPairwise(Tensor samples, GrassmannRule rule, bool inBFloat16 = false)
    {
        var n = samples.shape[0];
        var constant = 0.0;
        Tensor distances = zeros(new[] { n, n }, dtype: samples.dtype, device: samples.device);
        foreach (var matricization in Matricizations(samples))
        {
            long rows = matricization.shape[1], columns = matricization.shape[2];
            if (rule == GrassmannRule.AsPrinted && rows >= columns && samples.dim() > 2)
            {
                // The basis is square, Π the identity, tr(Π_X Π_Y) = D_-m whatever the samples.
                constant += 2.0 * (rows - columns);
                continue;
            }

            var oriented = rows > columns ? matricization.transpose(1, 2).contiguous() : matricization;
            var traces = ProjectionTraces.Compute(oriented, inBFloat16);
            distances = distances.Plus(rule == GrassmannRule.AsPrinted ? AsPrinted(traces, rows) : BetweenProjections(traces));
        }

        return distances.Plus(constant);
    }

    // Equation 17: 2(D_m - tr(Π_X Π_Y)); for a vector D_m = 1.
    private static Tensor AsPrinted(Tensor traces, long rows) => ((double)rows).Minus(traces).Times(2).AtLeast(0);

    // ||Π_X - Π_Y||² = ||Π_X||² + ||Π_Y||² - 2 tr(Π_X Π_Y)
    private static Tensor BetweenProjections(Tensor traces)
    {
        var norms = traces.diagonal(0, 0, 1);
        return (norms.unsqueeze(0).Plus(norms.unsqueeze(1)) - traces.Times(2)).AtLeast(0);
    }

    // X^(m) for each mode m: (n, D_m, D_-m).
    private static IEnumerable<Tensor> Matricizations(Tensor samples)
    {
        var shape = samples.shape;
        if (shape.Length == 2)
        {
            yield return samples.unsqueeze(1);
            yield break;
        }

        for (var mode = 1; mode < shape.Length; mode++)
        {
            var order = new List<long> { 0, mode };
            order.AddRange(Enumerable.Range(1, shape.Length - 1).Where(m => m != mode).Select(m => (long)m));
            yield return samples.permute(order.ToArray()).reshape(shape[0], shape[mode], -1);
        }
    }
}
