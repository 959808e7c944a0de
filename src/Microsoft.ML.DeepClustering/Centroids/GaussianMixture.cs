using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Centroids;

/// <summary>
/// A mixture of Gaussians with diagonal covariances, fitted by expectation-maximization from the clusters of k-means. Dempster, Laird and Rubin 1977; the rule that ends it and the smallest
/// variance are scikit-learn's.
/// </summary>
/// <param name="Shares">π, (k), of float64.</param>
/// <param name="Means">μ, (k, p), of float64.</param>
/// <param name="Variances">σ², (k, p), of float64.</param>
/// <param name="LogLikelihood">The mean over the points.</param>
internal sealed record GaussianMixture(Tensor Shares, Tensor Means, Tensor Variances, double LogLikelihood)
{
    private const int MaximumIterations = 100;
    private const double Tolerance = 1e-3;
    private const double SmallestVariance = 1e-6;
    private const double SmallestSize = 1e-10;

    /// <summary>The mixture of n points. Its tensors belong to the dispose scope of the call.</summary>
    /// <param name="points">(n, p), finite.</param>
    /// <param name="labels">The cluster of each at the start, (n) of int64, 0 to k - 1.</param>
    /// <param name="clusters">k.</param>
    /// <param name="weights">(n), above 0, or null for 1.</param>
    /// <param name="cancellation">Honoured within one iteration.</param>
    public static GaussianMixture Fit(Tensor points, Tensor labels, int clusters, Tensor? weights, CancellationToken cancellation)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var precise = points.to(ScalarType.Float64);
        var counted = weights?.to(ScalarType.Float64).unsqueeze(1);
        var mixture = Maximize(precise, nn.functional.one_hot(labels, clusters).to(ScalarType.Float64), counted);
        for (var iteration = 0; iteration < MaximumIterations; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var (responsibilities, likelihood) = mixture.Expect(precise, counted);
            var change = likelihood - mixture.LogLikelihood;
            mixture = (Maximize(precise, responsibilities, counted) with { LogLikelihood = likelihood }).MoveToOuterDisposeScope();
            if (Math.Abs(change) < Tolerance)
                break;
        }

        return mixture.MoveToOuterDisposeScope();
    }

    private GaussianMixture MoveToOuterDisposeScope()
        => this with { Shares = Shares.MoveToOuterDisposeScope(), Means = Means.MoveToOuterDisposeScope(), Variances = Variances.MoveToOuterDisposeScope() };

    // (n, p), (n, k) -> the mixture of these responsibilities.
    private static GaussianMixture Maximize(Tensor points, Tensor responsibilities, Tensor? weights)
    {
        var counted = weights is null ? responsibilities : responsibilities * weights;
        var sizes = counted.sum(dim: 0L).Plus(SmallestSize); // (k)
        var means = counted.transpose(0, 1).mm(points) / sizes.unsqueeze(1); // (k, n) x (n, p)
        var squares = counted.transpose(0, 1).mm(points.Squared()) / sizes.unsqueeze(1);
        return new(sizes / sizes.sum(), means, (squares - means.Squared()).AtLeast(0).Plus(SmallestVariance), double.NegativeInfinity);
    }

    // The responsibilities, (n, k), and the mean log-likelihood.
    private (Tensor Responsibilities, double LogLikelihood) Expect(Tensor points, Tensor? weights)
    {
        var precisions = Variances.reciprocal();
        // Σ_j (x - μ)² / σ² by products: (n, p) x (p, k).
        var squares = points.Squared().mm(precisions.transpose(0, 1)) - points.mm((Means * precisions).transpose(0, 1)).Times(2);
        var constants = (Means.Squared() * precisions).Plus(Variances.log()).Plus(Math.Log(2 * Math.PI)).sum(dim: 1L);
        var logJoint = Shares.log() - squares.Plus(constants).Times(0.5); // (n, k)
        var logDensities = logJoint.logsumexp(1); // (n)
        var mean = weights is null ? logDensities.mean() : (logDensities * weights.flatten()).sum() / weights.sum();
        return ((logJoint - logDensities.unsqueeze(1)).exp(), mean.item<double>());
    }
}
