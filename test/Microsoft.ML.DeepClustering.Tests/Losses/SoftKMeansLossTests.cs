using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Losses;

/// <summary>The clustering loss of Deep k-Means. Golden numbers: the equation written out in NumPy, in float64, on the inputs of <see cref="TestTensors"/>.</summary>
[TestClass]
public sealed class SoftKMeansLossTests
{
    // z: (6, 4), r: (3, 4)
    private static Tensor Embeddings => TestTensors.Wave(6, 4).Times(2.0);

    private static Tensor Centroids => TestTensors.Noise(3, 4);

    [TestMethod]
    [DataRow(0.1, 7.993963894483052)]
    [DataRow(1.0, 6.876652441653671)]
    [DataRow(10.0, 6.623270743448135)]
    public void Compute_GoldenInput_MatchesTheEquation(double alpha, double expected)
    {
        using var scope = NewDisposeScope();
        Assert.AreEqual(expected, TestTensors.Value(Loss(Embeddings, Centroids, alpha)), 1e-9);
    }

    [TestMethod]
    public void Weights_GoldenInput_MatchTheEquation()
    {
        using var scope = NewDisposeScope();
        var weights = SoftKMeansLoss.Weights(CentroidDistance.Squared(Embeddings, Centroids), 0.1);
        TestTensors.AreClose([0.27423463821367167, 0.3599498358383875, 0.36581552594794087], weights[0], 1e-9);
        TestTensors.AreClose(Enumerable.Repeat(1.0, 6).ToArray(), weights.sum(dim: 1L), 1e-12);
    }

    [TestMethod]
    public void Compute_NaiveLoops_Agree()
    {
        using var scope = NewDisposeScope();
        var distances = TestTensors.Noise(7, 4).Plus(1.0);
        var f = TestTensors.Values(distances);
        var expected = 0.0;
        for (var i = 0; i < 7; i++)
        {
            var normalizer = 0.0;
            for (var j = 0; j < 4; j++)
                normalizer += Math.Exp(-1.5 * f[i * 4 + j]);
            for (var j = 0; j < 4; j++)
                expected += f[i * 4 + j] * Math.Exp(-1.5 * f[i * 4 + j]) / normalizer / 7;
        }

        Assert.AreEqual(expected, TestTensors.Value(SoftKMeansLoss.Compute(distances, 1.5)), 1e-12);
    }

    [TestMethod]
    [DataRow(0.1)]
    [DataRow(1.0)]
    [DataRow(5.0)]
    public void Compute_Gradients_MatchFiniteDifferences(double alpha)
    {
        using var scope = NewDisposeScope();
        FiniteDifference.Check(z => Loss(z, Centroids, alpha), Embeddings);
        FiniteDifference.Check(r => Loss(Embeddings, r, alpha), Centroids);
    }

    [TestMethod]
    public void Compute_GrowingAlpha_TendsToTheLossOfKMeans()
    {
        using var scope = NewDisposeScope();
        var nearest = TestTensors.Values(CentroidDistance.Squared(Embeddings, Centroids)).Chunk(3).Average(row => row.Min());
        var gaps = new[] { 1.0, 10.0, 100.0, 1000.0 }.Select(alpha => Math.Abs(TestTensors.Value(Loss(Embeddings, Centroids, alpha)) - nearest)).ToArray();
        for (var i = 1; i < gaps.Length; i++)
            Assert.IsLessThan(gaps[i - 1], gaps[i]);
        Assert.IsLessThan(1e-6, gaps[^1]);
    }

    [TestMethod]
    [DataRow(1e2)]
    [DataRow(1e6)]
    [DataRow(1e10)]
    public void Compute_LargeAlphaAndDistances_HasFiniteValueAndGradients(double scale)
    {
        using var scope = NewDisposeScope();
        var (z, r) = (Embeddings.Times(scale).to(ScalarType.Float32), Centroids.Times(scale).to(ScalarType.Float32));
        // Here the loss is that of k-means, of value 2 · 3.3074 at scale 1.
        Assert.AreEqual(6.614867670882138, TestTensors.Value(Loss(z, r, 1000)) / (scale * scale), 1e-5);
        Assert.IsTrue(FiniteDifference.Gradient(x => Loss(x, r, 1000), z).isfinite().all().item<bool>());
        Assert.IsTrue(FiniteDifference.Gradient(x => Loss(z, x, 1000), r).isfinite().all().item<bool>());
    }

    [TestMethod]
    public void Weights_PermutedClusters_PermuteTheirColumns()
    {
        using var scope = NewDisposeScope();
        var order = tensor(new long[] { 2, 0, 1 });
        var distances = CentroidDistance.Squared(Embeddings, Centroids);
        var permuted = CentroidDistance.Squared(Embeddings, Centroids.index_select(0, order));
        TestTensors.AreClose(TestTensors.Values(SoftKMeansLoss.Weights(distances, 0.5).index_select(1, order)), SoftKMeansLoss.Weights(permuted, 0.5), 1e-12);
        Assert.AreEqual(TestTensors.Value(SoftKMeansLoss.Compute(distances, 0.5)), TestTensors.Value(SoftKMeansLoss.Compute(permuted, 0.5)), 1e-12);
    }

    [TestMethod]
    public void Compute_PermutedBatch_DoesNotChange()
    {
        using var scope = NewDisposeScope();
        var permuted = Embeddings.index_select(0, tensor(new long[] { 3, 1, 5, 0, 4, 2 }));
        Assert.AreEqual(TestTensors.Value(Loss(Embeddings, Centroids, 0.5)), TestTensors.Value(Loss(permuted, Centroids, 0.5)), 1e-12);
    }

    private static Tensor Loss(Tensor z, Tensor r, double alpha) => SoftKMeansLoss.Compute(CentroidDistance.Squared(z, r), alpha);
}
