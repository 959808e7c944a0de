using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Losses;

/// <summary>The clustering loss of centering and its weights. Golden numbers: the equation written out in NumPy, in float64, on the inputs of <see cref="TestTensors"/>.</summary>
[TestClass]
public sealed class CenteringLossTests
{
    // z: (6, 4), r: (3, 4), distances: (6, 3)
    private static Tensor Embeddings => TestTensors.Wave(6, 4).Times(2.0);

    private static Tensor Centroids => TestTensors.Noise(3, 4);

    private static Tensor Distances => CentroidDistance.Squared(Embeddings, Centroids);

    [TestMethod]
    [DataRow(0.5, 8.099753262656433, 0.28991014429034073, 0.35248536899962457, 0.35760448671003475)]
    [DataRow(2.0, 7.700388985189498, 0.18180705330063207, 0.39730264779794344, 0.4208902989014246)]
    [DataRow(5.0, 7.143951531252999, 0.06167505050375699, 0.4353979125319536, 0.5029270369642894)]
    public void Terms_GoldenInput_MatchTheEquation(double alpha, double loss, double first, double second, double third)
    {
        using var scope = NewDisposeScope();
        Assert.AreEqual(loss, TestTensors.Value(CenteringLoss.Compute(Distances, alpha)), 1e-9);
        TestTensors.AreClose([first, second, third], CenteringLoss.Weights(Distances, alpha)[0], 1e-9);
    }

    [TestMethod]
    [DataRow(1.0)]
    [DataRow(2.5)]
    public void Compute_NaiveLoops_Agree(double alpha)
    {
        using var scope = NewDisposeScope();
        var distances = TestTensors.Noise(7, 4).Plus(1.0);
        var f = TestTensors.Values(distances);
        var expected = 0.0;
        for (var i = 0; i < 7; i++)
        {
            var normalizer = 0.0;
            for (var j = 0; j < 4; j++)
                normalizer += Math.Pow(f[i * 4 + j], -alpha);
            for (var j = 0; j < 4; j++)
                expected += f[i * 4 + j] * Math.Pow(f[i * 4 + j], -alpha) / normalizer / 7;
        }

        Assert.AreEqual(expected, TestTensors.Value(CenteringLoss.Compute(distances, alpha)), 1e-12);
    }

    [TestMethod]
    [DataRow(0.5)]
    [DataRow(1.0)]
    [DataRow(3.0)]
    public void Compute_Gradients_MatchFiniteDifferences(double alpha)
    {
        using var scope = NewDisposeScope();
        FiniteDifference.Check(z => Loss(z, Centroids, alpha), Embeddings);
        FiniteDifference.Check(r => Loss(Embeddings, r, alpha), Centroids);
    }

    [TestMethod]
    public void Weights_AnyInput_HaveRowsOfSumOne()
    {
        using var scope = NewDisposeScope();
        TestTensors.AreClose(Enumerable.Repeat(1.0, 6).ToArray(), CenteringLoss.Weights(Distances, 3).sum(dim: 1L), 1e-12);
    }

    [TestMethod]
    [DataRow(1.0)]
    [DataRow(3.0)]
    public void Terms_PointOnItsCentroid_GiveAllWeightToItAndNoLoss(double alpha)
    {
        using var scope = NewDisposeScope();
        var z = Centroids.narrow(0, 1, 1).clone();
        TestTensors.AreClose([0, 1, 0], CenteringLoss.Weights(CentroidDistance.Squared(z, Centroids), alpha), 1e-9);
        Assert.AreEqual(0, TestTensors.Value(Loss(z, Centroids, alpha)), 1e-9);
        TestTensors.AreClose(new double[4], FiniteDifference.Gradient(x => Loss(x, Centroids, alpha), z), 1e-9);
    }

    [TestMethod]
    [DataRow(2.0, 1e-6)]
    [DataRow(1000.0, 1e-6)]
    public void Terms_ExtremeDistancesInSinglePrecision_AreFinite(double alpha, double tolerance)
    {
        using var scope = NewDisposeScope();
        float[] values = [0, 1e-20f, 1e20f, 1e20f, 1e-20f, 1e20f, 1e-20f, 1e-20f, 1e-20f, 1e20f, 1e20f, 1e20f];
        var distances = tensor(values, new long[] { 4, 3 });
        const double third = 1 / 3.0;
        TestTensors.AreClose([0.5, 0.5, 0, 0, 1, 0, third, third, third, third, third, third], CenteringLoss.Weights(distances, alpha), tolerance);
        Assert.IsTrue(double.IsFinite(TestTensors.Value(CenteringLoss.Compute(distances, alpha))));
        Assert.IsTrue(FiniteDifference.Gradient(f => CenteringLoss.Compute(f, alpha), distances).isfinite().all().item<bool>());
    }

    [TestMethod]
    public void Compute_EmbeddingsOfAllScalesInSinglePrecision_HasFiniteGradient()
    {
        using var scope = NewDisposeScope();
        var scales = tensor(new[] { 1e-10f, 1e-6f, 1e-2f, 1e2f, 1e6f, 1e10f }).unsqueeze(1);
        var (z, r) = (Embeddings.to(ScalarType.Float32) * scales, Centroids.to(ScalarType.Float32));
        foreach (var alpha in new[] { 0.5, 3, 1000 })
            Assert.IsTrue(FiniteDifference.Gradient(x => Loss(x, r, alpha), z).isfinite().all().item<bool>(), $"α = {alpha}");
    }

    [TestMethod]
    public void Terms_TwoCentroidsAtOnePlace_ShareItsWeight()
    {
        using var scope = NewDisposeScope();
        var r = Centroids.index_select(0, tensor(new long[] { 0, 1, 1 }));
        var z = cat([Embeddings, r.narrow(0, 1, 1)]);
        var weights = CenteringLoss.Weights(CentroidDistance.Squared(z, r), 2);
        TestTensors.AreClose(TestTensors.Values(weights.select(1, 1)), weights.select(1, 2), 0);
        TestTensors.AreClose([0, 0.5, 0.5], weights[6], 1e-9);
        Assert.IsTrue(FiniteDifference.Gradient(x => Loss(x, r, 2), z).isfinite().all().item<bool>());
    }

    [TestMethod]
    public void Terms_PermutedClusters_PermuteTheirColumns()
    {
        using var scope = NewDisposeScope();
        var order = tensor(new long[] { 2, 0, 1 });
        var permuted = Distances.index_select(1, order);
        TestTensors.AreClose(TestTensors.Values(CenteringLoss.Weights(Distances, 2).index_select(1, order)), CenteringLoss.Weights(permuted, 2), 1e-12);
        Assert.AreEqual(TestTensors.Value(CenteringLoss.Compute(Distances, 2)), TestTensors.Value(CenteringLoss.Compute(permuted, 2)), 1e-12);
    }

    [TestMethod]
    public void Compute_PermutedBatch_DoesNotChange()
    {
        using var scope = NewDisposeScope();
        var permuted = Distances.index_select(0, tensor(new long[] { 3, 1, 5, 0, 4, 2 }));
        Assert.AreEqual(TestTensors.Value(CenteringLoss.Compute(Distances, 2)), TestTensors.Value(CenteringLoss.Compute(permuted, 2)), 1e-12);
    }

    [TestMethod]
    [DataRow(1e-6)]
    [DataRow(7.0)]
    [DataRow(1e6)]
    public void Terms_ScaledDistances_KeepTheWeightsAndScaleTheLoss(double scale)
    {
        using var scope = NewDisposeScope();
        TestTensors.AreClose(TestTensors.Values(CenteringLoss.Weights(Distances, 3)), CenteringLoss.Weights(Distances.Times(scale), 3), 1e-12);
        Assert.AreEqual(TestTensors.Value(CenteringLoss.Compute(Distances, 3)), TestTensors.Value(CenteringLoss.Compute(Distances.Times(scale), 3)) / scale, 1e-11);
    }

    private static Tensor Loss(Tensor z, Tensor r, double alpha) => CenteringLoss.Compute(CentroidDistance.Squared(z, r), alpha);
}
