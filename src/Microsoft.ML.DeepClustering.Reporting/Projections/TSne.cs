using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>
/// t-SNE: a map of rows in the plane that keeps neighbours together. Van der Maaten and Hinton, <i>Visualizing data using t-SNE</i>, JMLR 9, 2008;
/// the start and the learning rate are scikit-learn's. Exact, in O(n²): for some thousand rows at most.
/// </summary>
internal static class TSne
{
    private const int FewestRows = 5;
    private const int ExaggeratedIterations = 250;
    private const double Exaggeration = 12;
    private const double StartDeviation = 1e-4;
    private const double StartNoise = 1e-6;
    private const double LeastProbability = 1e-30;

    /// <summary>Maps rows to the plane.</summary>
    /// <param name="rows">(n, p), all finite, of any floating type. Fewer than 5 are placed by their principal components.</param>
    /// <param name="perplexity">The effective number of neighbours of a row, 1 or more; lowered to (n - 1) / 3 where it is above. Default: 30.</param>
    /// <param name="seed">The seed of the small noise that parts rows that are the same. Default: 1.</param>
    /// <param name="iterations">Steps of the descent, 0 or more; the first 250 of them, at most half, are exaggerated. Default: 500.</param>
    /// <param name="cancellation">Honoured within one iteration.</param>
    /// <returns>(n, 2) of Float64.</returns>
    public static Tensor Embed(Tensor rows, double perplexity = 30, int seed = 1, int iterations = 500, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(iterations);
        if (!(perplexity >= 1))
            throw new ArgumentOutOfRangeException(nameof(perplexity), perplexity, $"The perplexity is {perplexity}; it must be 1 or more. 5 to 50 are usual.");
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        if (UsedPerplexity(rows.shape[0], perplexity) is not { } used)
            return PrincipalComponents.Project(rows).MoveToOuterDisposeScope();
        var joint = JointProbabilities.Compute(rows, used);
        return Descend(Single(joint), Start(rows, seed), iterations, cancellation).to(ScalarType.Float64).MoveToOuterDisposeScope();
    }

    /// <summary>The perplexity that so many rows are given; null for too few, which are placed by their principal components.</summary>
    internal static double? UsedPerplexity(long rows, double asked) => rows < FewestRows ? null : Math.Min(asked, (rows - 1) / 3.0);

    /// <summary>The Kullback-Leibler divergence of the map's neighbourhoods from the rows', Eq. 2 with the q_ij of Eq. 4.</summary>
    /// <param name="joint">(n, n), p_ij.</param>
    /// <param name="map">(n, 2), of the same type.</param>
    public static Tensor Divergence(Tensor joint, Tensor map)
    {
        using var scope = NewDisposeScope();
        var (closeness, sum) = Closeness(map);
        var apart = joint.IsAbove(0);
        var ratio = joint / (closeness / sum);
        return (joint * where(apart, ratio, ones_like(ratio)).log()).sum().MoveToOuterDisposeScope();
    }

    /// <summary>p_ij of Float32, with zero for what is so small that its products are subnormal: a processor may take a hundred times as long for these.</summary>
    internal static Tensor Single(Tensor joint)
    {
        using var scope = NewDisposeScope();
        var single = joint.to(ScalarType.Float32);
        return where(single.IsAbove(LeastProbability), single, zeros_like(single)).MoveToOuterDisposeScope();
    }

    // 1 / (1 + ||y_i - y_j||²), (n, n), and its sum over i ≠ j.
    private static (Tensor Closeness, Tensor Sum) Closeness(Tensor map)
    {
        using var scope = NewDisposeScope();
        var norms = map.Squared().sum(1L, true);
        var closeness = norms.Plus(norms.transpose(0, 1)).addmm_(map, map.transpose(0, 1), 1f, -2f).relu_(); // (n, 2) x (2, n) -> (n, n)
        closeness.Increment();
        closeness.reciprocal_();
        return (closeness.MoveToOuterDisposeScope(), (closeness.sum() - closeness.trace()).MoveToOuterDisposeScope());
    }

    private static Tensor Start(Tensor rows, int seed)
    {
        using var scope = NewDisposeScope();
        var start = PrincipalComponents.Project(rows);
        var deviation = Math.Sqrt(start.select(1, 0).Squared().mean().item<double>());
        if (deviation > 0)
            start = start.Times(StartDeviation / deviation);
        var random = new Random(seed);
        var noise = new double[start.shape[0] * 2];
        for (var i = 0; i < noise.Length; i++)
            noise[i] = StartNoise * (random.NextDouble() - 0.5);
        return start.Plus(tensor(noise, start.shape, dtype: ScalarType.Float64, device: CPU)).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    // Gradient descent with momentum and a gain for each coordinate, Section 3.4.
    private static Tensor Descend(Tensor joint, Tensor map, int iterations, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var exaggerated = joint.Times(Exaggeration);
        var exaggeratedIterations = Math.Min(ExaggeratedIterations, iterations / 2);
        var rate = Math.Max(map.shape[0] / Exaggeration / 4, 50);
        var step = zeros_like(map);
        var gains = ones_like(map);
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var early = iteration < exaggeratedIterations;
            var gradient = TSneGradient.Compute(early ? exaggerated : joint, map);
            gains.copy_(where((step * gradient).neg().IsAbove(0), gains.Plus(0.2), gains.Times(0.8)).AtLeast(0.01));
            step.copy_(step.Times(early ? 0.5 : 0.8) - (gains * gradient).Times(rate));
            map.Add(step);
        }

        return map.MoveToOuterDisposeScope();
    }
}
