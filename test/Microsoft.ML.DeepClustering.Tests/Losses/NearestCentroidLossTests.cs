using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Losses;

/// <summary>The clustering loss of DCN. Golden numbers: the equation written out in NumPy, in float64, on the inputs of <see cref="TestTensors"/>.</summary>
[TestClass]
public sealed class NearestCentroidLossTests
{
    private static readonly long[] LabelValues = [0, 2, 1, 1, 0, 2];

    // z: (6, 4), r: (3, 4)
    private static Tensor Embeddings => TestTensors.Wave(6, 4).Times(2.0);

    private static Tensor Centroids => TestTensors.Noise(3, 4);

    private static Tensor Labels => tensor(LabelValues);

    [TestMethod]
    public void Compute_GoldenInput_MatchesTheEquation()
    {
        using var scope = NewDisposeScope();
        Assert.AreEqual(4.160917321708061, TestTensors.Value(NearestCentroidLoss.Compute(Embeddings, Centroids, Labels)), 1e-9);
    }

    [TestMethod]
    public void Compute_NaiveLoops_Agree()
    {
        using var scope = NewDisposeScope();
        var (z, r) = (TestTensors.Noise(6, 5), TestTensors.Wave(3, 5));
        double[] points = TestTensors.Values(z), centroids = TestTensors.Values(r);
        var expected = 0.0;
        for (var i = 0; i < 6; i++)
        {
            for (var d = 0; d < 5; d++)
                expected += Math.Pow(points[i * 5 + d] - centroids[LabelValues[i] * 5 + d], 2) / 2 / 6;
        }

        Assert.AreEqual(expected, TestTensors.Value(NearestCentroidLoss.Compute(z, r, Labels)), 1e-12);
    }

    [TestMethod]
    public void Compute_Gradient_MatchesFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        FiniteDifference.Check(z => NearestCentroidLoss.Compute(z, Centroids, Labels), Embeddings);
    }

    [TestMethod]
    public void Compute_Gradient_PointsFromTheCentroid()
    {
        using var scope = NewDisposeScope();
        var expected = (Embeddings - Centroids.index_select(0, Labels)).Over(6.0);
        TestTensors.AreClose(TestTensors.Values(expected), FiniteDifference.Gradient(z => NearestCentroidLoss.Compute(z, Centroids, Labels), Embeddings), 1e-12);
    }

    [TestMethod]
    public void Compute_Centroids_ReceiveNoGradient()
    {
        using var scope = NewDisposeScope();
        var centroids = Centroids.requires_grad_(true);
        Assert.IsFalse(NearestCentroidLoss.Compute(Embeddings, centroids, Labels).requires_grad);
        Assert.IsTrue(NearestCentroidLoss.Compute(Embeddings.requires_grad_(true), centroids, Labels).requires_grad);
    }

    [TestMethod]
    public void Compute_PermutedBatch_DoesNotChange()
    {
        using var scope = NewDisposeScope();
        var order = tensor(new long[] { 3, 1, 5, 0, 4, 2 });
        var permuted = NearestCentroidLoss.Compute(Embeddings.index_select(0, order), Centroids, Labels.index_select(0, order));
        Assert.AreEqual(TestTensors.Value(NearestCentroidLoss.Compute(Embeddings, Centroids, Labels)), TestTensors.Value(permuted), 1e-12);
    }

    [TestMethod]
    public void Compute_RenumberedClusters_DoesNotChange()
    {
        using var scope = NewDisposeScope();
        var order = tensor(new long[] { 2, 0, 1 });
        var renumbered = NearestCentroidLoss.Compute(Embeddings, Centroids.index_select(0, order), order.argsort().index_select(0, Labels));
        Assert.AreEqual(TestTensors.Value(NearestCentroidLoss.Compute(Embeddings, Centroids, Labels)), TestTensors.Value(renumbered), 1e-12);
    }

    [TestMethod]
    public void Compute_PointsOnTheirCentroids_IsZero()
    {
        using var scope = NewDisposeScope();
        Assert.AreEqual(0, TestTensors.Value(NearestCentroidLoss.Compute(Centroids.index_select(0, Labels), Centroids, Labels)));
    }
}
