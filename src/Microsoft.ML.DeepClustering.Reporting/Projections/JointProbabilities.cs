using Microsoft.ML.DeepClustering.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>The probabilities p_ij with which t-SNE says that rows are neighbours. Van der Maaten and Hinton, <i>Visualizing data using t-SNE</i>, JMLR 9, 2008.</summary>
internal static class JointProbabilities
{
    // As scikit-learn: 2 to the power of the entropy comes within about 1e-5 of the perplexity.
    private const double Tolerance = 1e-5;
    private const int MostSteps = 100;

    /// <summary>p_ij = (p_j|i + p_i|j) / 2n, Section 3.1.</summary>
    /// <param name="rows">(n, p), all finite, n ≥ 2.</param>
    /// <param name="perplexity">As in <see cref="Conditional"/>.</param>
    /// <returns>(n, n) of Float64, symmetric, sums to 1.</returns>
    public static Tensor Compute(Tensor rows, double perplexity)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var conditional = Conditional(rows, perplexity);
        return conditional.Plus(conditional.transpose(0, 1)).Over(2.0 * rows.shape[0]).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// p_j|i by Eq. 1, with the width of each row's Gaussian found by bisection, for all rows at once, so that the row's distribution has the perplexity.
    /// </summary>
    /// <param name="rows">(n, p), all finite, n ≥ 2.</param>
    /// <param name="perplexity">The effective number of neighbours, 1 or more and below n - 1.</param>
    /// <returns>(n, n) of Float64; each row sums to 1, the diagonal is 0.</returns>
    public static Tensor Conditional(Tensor rows, double perplexity)
    {
        var others = rows.shape[0] - 1;
        if (!(perplexity >= 1 && perplexity <= others))
            throw new ArgumentOutOfRangeException(nameof(perplexity), perplexity, $"The perplexity is {perplexity}; with {rows.shape[0]} rows it must be 1 to {others}. Lower it or give more rows.");
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var self = eye(rows.shape[0], dtype: ScalarType.Bool, device: CPU);
        var distances = RelativeDistances(rows, self);
        var precision = ones([distances.shape[0], 1], dtype: ScalarType.Float64, device: CPU);
        var low = zeros_like(precision);
        var high = zeros_like(precision).Plus(double.PositiveInfinity);
        for (var step = 0; step < MostSteps; step++)
        {
            using var inner = NewDisposeScope();
            var excess = Entropy(distances, self, precision).Minus(Math.Log(perplexity)); // (n, 1)
            if (excess.abs().max().item<double>() < Tolerance)
                break;
            var tooWide = excess.IsAbove(0);
            low = torch.where(tooWide, precision, low).MoveToOuterDisposeScope();
            high = torch.where(tooWide, high, precision).MoveToOuterDisposeScope();
            precision = torch.where(high.isinf(), precision.Times(2.0), low.Plus(high).Over(2)).MoveToOuterDisposeScope();
        }

        var weights = Weights(distances, self, precision);
        return (weights / weights.sum(1L, true)).MoveToOuterDisposeScope();
    }

    // (n, n) squared distances less that of the row's nearest neighbour, in units of their mean: then no exponential underflows for all neighbours at once.
    private static Tensor RelativeDistances(Tensor rows, Tensor self)
    {
        using var scope = NewDisposeScope();
        var wide = rows.to(ScalarType.Float64);
        var centred = wide - wide.mean(new long[] { 0 });
        var norms = centred.Squared().sum(1L, true);
        var squared = (norms.Plus(norms.transpose(0, 1)) - centred.mm(centred.transpose(0, 1)).Times(2)).relu(); // (n, p) x (p, n) -> (n, n)
        var mean = squared.mean().item<double>();
        if (mean > 0)
            squared = squared.Over(mean);
        var (nearest, _) = squared.With(self, double.PositiveInfinity).min(1L, true);
        return (squared - nearest).With(self, 0).MoveToOuterDisposeScope();
    }

    private static Tensor Weights(Tensor distances, Tensor self, Tensor precision)
        => (distances * precision.neg()).exp().With(self, 0);

    // The entropy, in nats, of weights w = exp(-d β): log Σw + β Σwd / Σw.
    private static Tensor Entropy(Tensor distances, Tensor self, Tensor precision)
    {
        using var scope = NewDisposeScope();
        var weights = Weights(distances, self, precision);
        var sum = weights.sum(1L, true);
        return sum.log().Plus(precision * (weights * distances).sum(1L, true) / sum).MoveToOuterDisposeScope();
    }
}
