using Microsoft.ML.DeepClustering.Kernels;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Kernels;

[TestClass]
public sealed class GaussianKernelTests
{
    private static Tensor Embedding => TestTensors.Wave(6, 4) * tensor(new[] { 1.0, 2.0, 3.0, 4.0 });

    [TestMethod]
    [DataRow(BandwidthRule.MedianOfSquaredDistances, 0.2519588215563893)]
    [DataRow(BandwidthRule.MedianOfDistances, 0.00010206193303741953)]
    public void Compute_GoldenInput_MatchesNumpy(BandwidthRule rule, double expected)
    {
        var kernel = GaussianKernel.Compute(EuclideanDistance.SquaredPairwise(Embedding), rule);
        Assert.AreEqual(expected, TestTensors.Value(kernel[0, 1]), 1e-12);
        TestTensors.AreClose([1, 1, 1, 1, 1, 1], kernel.diagonal(0, 0, 1), 0);
    }

    [TestMethod]
    public void Compute_EqualRows_GivesOnes()
    {
        var kernel = GaussianKernel.Compute(EuclideanDistance.SquaredPairwise(ones(new long[] { 4, 3 }, dtype: ScalarType.Float64)), BandwidthRule.MedianOfSquaredDistances);
        TestTensors.AreClose(Enumerable.Repeat(1.0, 16).ToArray(), kernel, 0);
    }

    [TestMethod]
    public void Compute_Width_HasNoGradient()
    {
        // Were σ differentiated, a kernel of scaled distances would not change with the scale.
        var distances = EuclideanDistance.SquaredPairwise(Embedding);
        var scale = FiniteDifference.Gradient(s => GaussianKernel.Compute(distances * s, BandwidthRule.MedianOfSquaredDistances).sum(), ones(1, dtype: ScalarType.Float64));
        Assert.IsLessThan(-0.1, TestTensors.Value(scale));
    }

    [TestMethod]
    public void Of_GradientsNearZero_AreZeroAndTheValuesStay()
    {
        using var scope = NewDisposeScope();
        var values = tensor(new[] { 1f, 2f, 3f, 4f, 5f }, requires_grad: true);
        var same = ReachingGradient.Of(values);
        TestTensors.AreClose([1, 2, 3, 4, 5], same, 0);
        (same * tensor(new[] { 1f, -1e-29f, 1e-31f, -1e-40f, float.NaN })).sum().backward();
        CollectionAssert.AreEqual(new[] { 1f, -1e-29f, 0f, 0f, float.NaN }, values.grad!.data<float>().ToArray());
        Assert.IsTrue(float.IsSubnormal(1e-40f));
    }

    [TestMethod]
    public void Compute_RowsWithoutDoubt_GiveNoSubnormalGradients()
    {
        using var scope = NewDisposeScope();
        var rows = TestTensors.Noise(6, 3).to(ScalarType.Float32).detach().requires_grad_();
        var distances = EuclideanDistance.SquaredPairwise(rows);
        distances.retain_grad();
        // Each row belongs to its cluster but for 1e-40.
        var assignments = eye(2, dtype: ScalarType.Float32).repeat(3, 1).Plus(1e-40).detach();
        CauchySchwarzDivergence.Compute(assignments, GaussianKernel.Compute(distances, BandwidthRule.MedianOfSquaredDistances)).backward();
        var gradients = distances.grad!.data<float>().ToArray();
        Assert.IsTrue(gradients.Any(g => g != 0) && !gradients.Any(float.IsSubnormal), string.Join(' ', gradients));
    }

    [TestMethod]
    public void SquaredPairwise_NaiveLoops_Agree()
    {
        var x = TestTensors.Noise(7, 2, 3);
        var values = TestTensors.Values(x);
        var expected = new double[49];
        for (var a = 0; a < 7; a++)
        {
            for (var b = 0; b < 7; b++)
                expected[a * 7 + b] = Enumerable.Range(0, 6).Sum(i => Math.Pow(values[a * 6 + i] - values[b * 6 + i], 2));
        }

        TestTensors.AreClose(expected, EuclideanDistance.SquaredPairwise(x), 1e-12);
    }

    [TestMethod]
    public void SquaredPairwise_FarFromOriginInSinglePrecision_KeepsItsDigits()
    {
        var x = TestTensors.Noise(7, 6);
        var expected = TestTensors.Values(EuclideanDistance.SquaredPairwise(x));
        TestTensors.AreClose(expected, EuclideanDistance.SquaredPairwise(x.Plus(1000.0).to(ScalarType.Float32)), 1e-3);
    }

    [TestMethod]
    public void SquaredPairwise_Gradient_MatchesFiniteDifferences()
    {
        var weights = TestTensors.Wave(5, 5);
        FiniteDifference.Check(x => (weights * EuclideanDistance.SquaredPairwise(x)).sum(), TestTensors.Noise(5, 4));
    }
}
