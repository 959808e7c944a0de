using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Centroids;

/// <summary>
/// The Gaussian mixture of VaDE's start. Golden numbers: scikit-learn 1.2's GaussianMixture, diagonal, from the same start, tol 1e-3, reg_covar 1e-6, on the
/// inputs of <see cref="TestTensors"/>.
/// </summary>
[TestClass]
public sealed class GaussianMixtureTests
{
    private static Tensor Points => TestTensors.Noise(60, 2).Times(2.0).Plus(tensor(new[] { 0.0, 0, 1.8, 0.6, 0.6, 2.4 }, 3, 2).repeat_interleave(20, 0));

    private static Tensor Labels => tensor(Enumerable.Range(0, 60).Select(i => (long)(i / 20)).ToArray());

    [TestMethod]
    public void Fit_GoldenInput_IsThatOfScikitLearn()
    {
        using var scope = NewDisposeScope();
        var mixture = GaussianMixture.Fit(Points, Labels, 3, null, CancellationToken.None);
        Assert.AreEqual(-2.487090436575938, mixture.LogLikelihood, 1e-7);
        TestTensors.AreClose([0.329618, 0.23506307, 0.43531893], mixture.Shares, 1e-6);
        TestTensors.AreClose([0.15613865, 0.03471608, 1.69264531, 0.17542132, 0.736925, 1.9010758], mixture.Means.flatten(), 1e-6);
        TestTensors.AreClose([0.32243886, 0.37360959, 0.38314237, 0.06083985, 0.34043233, 0.5185053], mixture.Variances.flatten(), 1e-6);
    }

    [TestMethod]
    public void Fit_PointsOfWholeWeights_IsAsGoodAsSoManyPoints()
    {
        using var scope = NewDisposeScope();
        var copies = tensor(Enumerable.Range(0, 60).Select(i => 1L + i % 3).ToArray());
        var weighted = GaussianMixture.Fit(Points, Labels, 3, copies.to(ScalarType.Float64), CancellationToken.None);
        var copied = GaussianMixture.Fit(Points.repeat_interleave(copies, 0), Labels.repeat_interleave(copies, 0), 3, null, CancellationToken.None);
        TestTensors.AreClose(TestTensors.Values(copied.Means), weighted.Means, 1e-9);
        TestTensors.AreClose(TestTensors.Values(copied.Variances), weighted.Variances, 1e-9);
        Assert.AreEqual(copied.LogLikelihood, weighted.LogLikelihood, 1e-9);
    }

    [TestMethod]
    public void Fit_EqualPointsAndEmptyClusters_IsFinite()
    {
        using var scope = NewDisposeScope();
        var mixture = GaussianMixture.Fit(ones(10, 2), zeros(10, dtype: ScalarType.Int64), 3, null, CancellationToken.None);
        Assert.IsTrue(mixture.Means.isfinite().all().item<bool>() && mixture.Variances.isfinite().all().item<bool>());
        Assert.IsGreaterThan(0, TestTensors.Value(mixture.Variances.min()));
    }

    [TestMethod]
    public void Fit_Cancelled_EndsAtOnce()
    {
        using var scope = NewDisposeScope();
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsExactly<OperationCanceledException>(() => GaussianMixture.Fit(Points, Labels, 3, null, cancelled.Token));
    }
}
