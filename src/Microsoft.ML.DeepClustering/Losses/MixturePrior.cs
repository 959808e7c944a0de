using Microsoft.ML.DeepClustering.Onnx;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Losses;

/// <summary>
/// The prior of VaDE, a mixture of k Gaussians with diagonal covariances, and what a variational posterior N(m, diag s²) costs against it.
/// Jiang, Zheng, Tan, Tang and Zhou, IJCAI 2017: the bound of log p(x) without its reconstruction term, with the opposite sign and without constants of log 2π.
/// </summary>
internal static class MixturePrior
{
    private static readonly double LogOfTwoPi = Math.Log(2 * Math.PI);

    /// <summary>log π_c + log N(z; μ_c, diag σ²_c): (n, k).</summary>
    /// <param name="z">(n, p).</param>
    /// <param name="logShares">log π, (k).</param>
    /// <param name="means">μ, (k, p).</param>
    /// <param name="logVariances">log σ², (k, p).</param>
    public static Tensor LogJoint(Tensor z, Tensor logShares, Tensor means, Tensor logVariances)
    {
        var squares = (z.unsqueeze(1) - means).Squared() / logVariances.exp(); // (n, 1, p), (k, p) -> (n, k, p)
        return logShares - squares.Plus(logVariances).Plus(LogOfTwoPi).sum(dim: 2L).Times(0.5);
    }

    /// <summary>-log π_c - log N(z; μ_c, diag σ²_c) in an ONNX graph, (n, p) -> (n, k).</summary>
    public static OnnxValue NegativeLogJoint(OnnxValue z, Tensor logShares, Tensor means, Tensor logVariances)
    {
        using var scope = NewDisposeScope();
        var graph = z.Graph;
        var scaled = z.Unsqueeze(1).Minus(graph.Constant(means)).Over(graph.Constant(logVariances.Times(0.5).exp())).Squared().Sum(2, keep: false);
        var rest = logVariances.Plus(LogOfTwoPi).sum(dim: 1L).Times(0.5) - logShares;
        return scaled.Times(0.5f).Minus(graph.Constant(rest.Times(-1)));
    }

    /// <summary>
    /// ½ Σ_c γ_c Σ_j [log σ²_cj + s²_j / σ²_cj + (m_j - μ_cj)² / σ²_cj] - Σ_c γ_c log π_c + Σ_c γ_c log γ_c - ½ Σ_j (1 + log s²_j), mean over the batch.
    /// </summary>
    /// <param name="logJoint">Of the sample that γ is taken at, (n, k); gradient flows through γ.</param>
    /// <param name="m">(n, p).</param>
    /// <param name="logS">log s², (n, p).</param>
    /// <param name="logShares">log π, (k).</param>
    /// <param name="means">μ, (k, p).</param>
    /// <param name="logVariances">log σ², (k, p).</param>
    /// <param name="weights">Of the rows, (n), or null.</param>
    public static Tensor Compute(Tensor logJoint, Tensor m, Tensor logS, Tensor logShares, Tensor means, Tensor logVariances, Tensor? weights = null)
    {
        var logResponsibilities = nn.functional.log_softmax(logJoint, 1);
        var squares = (m.unsqueeze(1) - means).Squared().Plus(logS.exp().unsqueeze(1)); // (n, k, p)
        var expected = (squares / logVariances.exp()).Plus(logVariances).sum(dim: 2L).Times(0.5); // (n, k)
        var ofComponents = (logResponsibilities.exp() * (expected.Plus(logResponsibilities) - logShares)).sum(dim: 1L);
        return RowMean.Compute(ofComponents - logS.Plus(1).sum(dim: 1L).Times(0.5), weights);
    }
}
