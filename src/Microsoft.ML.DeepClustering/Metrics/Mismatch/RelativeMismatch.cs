using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// R-OFM, how the performance p of the clusters depends on the auxiliary loss a over the epochs of a training: the least-squares polynomial
/// p_t = Σ_{i=0..γ} β_i a_t^i. Trosten et al. 2024, Equations 19 to 21; the paper takes accuracy and γ = 2.
/// </summary>
/// <param name="Slope">
/// The mean over the epochs of Σ i β_i a_t^(i-1), Equation 20, per unit of the auxiliary loss without its weight. Below 0 where a falling auxiliary
/// loss goes with rising performance; above 0 where minimising it does harm. NaN when the auxiliary loss never changed.
/// </param>
/// <param name="RSquared">
/// R², at most 1; high when the auxiliary loss tells the performance. 1 - SS_res / SS_tot: Equation 21 prints SS_res / SS_tot, which would be low
/// for a strong relationship, against the paper's own text and table. NaN when the performance never changed.
/// </param>
/// <param name="Degree">γ.</param>
/// <param name="Epochs">The number of epochs.</param>
public sealed record RelativeMismatch(double Slope, double RSquared, int Degree, int Epochs)
{
    /// <summary>Fits the polynomial to the epochs that a run has recorded.</summary>
    /// <param name="run">A run trained with <see cref="DeepClusteringOptions.RecordMismatch"/> and <see cref="DeepClusteringOptions.RecordPerformance"/>.</param>
    /// <param name="measure">p. One that needs no labels gives an R-OFM that needs none.</param>
    /// <param name="degree">γ, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The degree is below 1.</exception>
    /// <exception cref="InvalidOperationException">The run has recorded fewer than γ + 2 epochs of both.</exception>
    public static RelativeMismatch Compute(RunRecord run, PerformanceMeasure measure = PerformanceMeasure.Accuracy, int degree = 2)
    {
        var (auxiliary, performance) = Recorded(run, measure);
        if (auxiliary.Count < degree + 2)
        {
            throw new InvalidOperationException(
                $"The run has recorded {auxiliary.Count} epochs with both an auxiliary loss and {measure}; R-OFM of degree {degree} needs {degree + 2} or more. "
                + "Train with RecordMismatch and RecordPerformance, for a measure against classes with LabelColumnName too, a method that has an auxiliary objective, for more epochs.");
        }

        return Fit(auxiliary, performance, degree);
    }

    /// <summary>Fits the polynomial as <see cref="Compute"/> does, and returns null for a run that has recorded too few epochs.</summary>
    /// <param name="run">A run.</param>
    /// <param name="measure">p.</param>
    /// <param name="degree">γ, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The degree is below 1.</exception>
    public static RelativeMismatch? TryCompute(RunRecord run, PerformanceMeasure measure = PerformanceMeasure.Accuracy, int degree = 2)
    {
        var (auxiliary, performance) = Recorded(run, measure);
        return auxiliary.Count < degree + 2 ? null : Fit(auxiliary, performance, degree);
    }

    // a and p of the epochs that have both.
    private static (List<double> Auxiliary, List<double> Performance) Recorded(RunRecord run, PerformanceMeasure measure)
    {
        ArgumentNullException.ThrowIfNull(run);
        var (auxiliary, performance) = (new List<double>(), new List<double>());
        foreach (var epoch in run.Epochs)
        {
            if (epoch.Mismatch is not { } mismatch || epoch.Performance is not { } measures || !measures.TryGetValue(measure, out var value)
                || !double.IsFinite(value) || !double.IsFinite(mismatch.AuxiliaryLoss))
                continue;
            auxiliary.Add(mismatch.AuxiliaryLoss);
            performance.Add(value);
        }

        return (auxiliary, performance);
    }

    /// <summary>Fits the polynomial to pairs of values.</summary>
    /// <param name="auxiliary">a_t, finite.</param>
    /// <param name="performance">p_t, finite, as many.</param>
    /// <param name="degree">γ, 1 or more, below the number of epochs. Default: 2, as in the paper.</param>
    /// <exception cref="ArgumentException">There are not as many of both, or no more than the degree.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The degree is below 1.</exception>
    public static RelativeMismatch Fit(IReadOnlyList<double> auxiliary, IReadOnlyList<double> performance, int degree = 2)
    {
        ArgumentNullException.ThrowIfNull(auxiliary);
        ArgumentNullException.ThrowIfNull(performance);
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 1);
        if (auxiliary.Count != performance.Count || auxiliary.Count <= degree)
        {
            throw new ArgumentException(
                $"There are {auxiliary.Count} auxiliary losses and {performance.Count} performances; give as many of both, more than the degree, {degree}.", nameof(performance));
        }

        var (mean, scale) = Standard(auxiliary);
        if (scale == 0)
            return new(double.NaN, double.NaN, degree, auxiliary.Count);
        // In u = (a - mean) / scale, whose powers are better told apart than those of a.
        var u = auxiliary.Select(a => (a - mean) / scale).ToArray();
        var beta = Coefficients(u, performance, degree);
        var slope = u.Average(x => Enumerable.Range(1, degree).Sum(i => i * beta[i] * Math.Pow(x, i - 1))) / scale;
        return new(slope, Goodness(u, performance, beta), degree, auxiliary.Count);
    }

    private static (double Mean, double Scale) Standard(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return (mean, values.All(v => v == values[0]) ? 0 : Math.Sqrt(values.Average(v => (v - mean) * (v - mean))));
    }

    // β by the pseudoinverse of the powers u_t^i: of least norm when too few of the u are different.
    private static double[] Coefficients(double[] u, IReadOnlyList<double> performance, int degree)
    {
        using var session = TorchSession.WithoutGradients();
        // (epochs, γ + 1) and (epochs, 1)
        var powers = stack(Enumerable.Range(0, degree + 1).Select(i => tensor(u.Select(x => Math.Pow(x, i)).ToArray(), dtype: ScalarType.Float64, device: CPU)), 1);
        var values = tensor(performance.ToArray(), dtype: ScalarType.Float64, device: CPU).reshape(-1, 1);
        return linalg.pinv(powers).mm(values).data<double>().ToArray();
    }

    private static double Goodness(double[] u, IReadOnlyList<double> performance, double[] beta)
    {
        var mean = performance.Average();
        var total = performance.Sum(p => (p - mean) * (p - mean));
        var residual = u.Zip(performance, (x, p) => p - beta.Select((b, i) => b * Math.Pow(x, i)).Sum()).Sum(r => r * r);
        return performance.All(p => p == performance[0]) ? double.NaN : 1 - residual / total;
    }
}
