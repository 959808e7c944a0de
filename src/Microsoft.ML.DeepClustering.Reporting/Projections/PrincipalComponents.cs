using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Principal component analysis (Pearson 1901; Hotelling 1933).</summary>
internal static class PrincipalComponents
{
    // Of the longest: the root of what float64 rounds eigenvalues by, and some more.
    private const double RoundingShare = 1e-7;

    /// <summary>
    /// Projects rows on the directions of greatest variance, that of the greatest first. Each direction is turned so that its
    /// largest loading is positive, so the same rows give the same picture.
    /// </summary>
    /// <param name="rows">(n, p), all finite, of any floating type.</param>
    /// <param name="components">c, 1 or more. Default: 2.</param>
    /// <returns>(n, c) of Float64; columns beyond p are 0.</returns>
    public static Tensor Project(Tensor rows, int components = 2)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(components);
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var (n, p) = (rows.shape[0], rows.shape[1]);
        if (n == 0 || p == 0)
            return zeros([n, components], dtype: ScalarType.Float64, device: CPU).MoveToOuterDisposeScope();
        var wide = rows.to(ScalarType.Float64);
        var centred = wide - wide.mean(new long[] { 0 });
        var found = Math.Min(components, Math.Min(n, p));
        var axes = n < p ? AxesOfFewRows(centred, found) : Last(linalg.eigh(centred.transpose(0, 1).mm(centred)).Item2, found); // (p, n) x (n, p) -> (p, p)
        axes = axes * axes.gather(0, axes.abs().argmax(0, true)).sign();
        var projected = centred.mm(axes); // (n, p) x (p, c) -> (n, c)
        return (found == components ? projected : cat(new[] { projected, zeros([n, components - found], dtype: ScalarType.Float64, device: CPU) }, 1)).MoveToOuterDisposeScope();
    }

    // With fewer rows than values the products of rows have the same eigenvalues, and less of them: X^T u / |X^T u| of their eigenvectors u.
    private static Tensor AxesOfFewRows(Tensor centred, long count)
    {
        var axes = centred.transpose(0, 1).mm(Last(linalg.eigh(centred.mm(centred.transpose(0, 1))).Item2, count)); // (p, n) x (n, c) -> (p, c)
        var lengths = axes.Squared().sum(0L, true).sqrt();
        // Beyond the rank of the rows the products are rounding, along any direction; such axes are 0.
        var isRounding = lengths.le(lengths.max().Times(RoundingShare));
        return axes.masked_fill(isRounding, 0) / where(isRounding, ones_like(lengths), lengths);
    }

    // Of columns in rising order the last ones, the last first.
    private static Tensor Last(Tensor columns, long count) => columns.narrow(1, columns.shape[1] - count, count).flip(1);

    /// <summary>The share of the rows' variance that each column of their projection has, 0 to 1; 0 for rows that are all the same.</summary>
    /// <param name="rows">(n, p), as given to <see cref="Project"/>.</param>
    /// <param name="projected">(n, c), its result.</param>
    public static double[] VarianceShares(Tensor rows, Tensor projected)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        if (rows.shape[0] == 0)
            return new double[projected.shape[1]];
        var wide = rows.to(ScalarType.Float64);
        var all = (wide - wide.mean(new long[] { 0 })).Squared().sum().item<double>();
        var parts = projected.Squared().sum(dim: 0L).data<double>().ToArray();
        return Array.ConvertAll(parts, part => all > 0 ? part / all : 0);
    }
}
