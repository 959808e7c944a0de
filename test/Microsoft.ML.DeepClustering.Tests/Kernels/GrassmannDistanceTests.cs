using Microsoft.ML.DeepClustering.Kernels;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Kernels;

[TestClass]
public sealed class GrassmannDistanceTests
{
    [TestMethod]
    [DataRow(GrassmannRule.AsPrinted)]
    [DataRow(GrassmannRule.SmallerSide)]
    public void SquaredPairwise_WideModes_MatchNumpy(GrassmannRule rule) => TestTensors.AreClose(
        [0.0, 14.994722463, 14.65133344, 16.271222633, 16.323978065],
        GrassmannDistance.SquaredPairwise(TestTensors.Noise(5, 3, 4, 4), rule)[0],
        2e-6);

    [TestMethod]
    public void SquaredPairwise_TallModeAsPrinted_AddsItsConstant() => TestTensors.AreClose(
        [4.0, 11.539972624, 8.962789814, 11.253783944, 11.420523165],
        GrassmannDistance.SquaredPairwise(TestTensors.Noise(5, 6, 2, 2), GrassmannRule.AsPrinted)[0],
        2e-6);

    [TestMethod]
    public void SquaredPairwise_TallModeSmallerSide_ComparesColumns() => TestTensors.AreClose(
        [0.0, 10.831701364, 6.314557689, 9.987401346, 10.538370292],
        GrassmannDistance.SquaredPairwise(TestTensors.Noise(5, 6, 2, 2), GrassmannRule.SmallerSide)[0],
        2e-6);

    [TestMethod]
    [DataRow(GrassmannRule.AsPrinted)]
    [DataRow(GrassmannRule.SmallerSide)]
    public void SquaredPairwise_Vectors_ComparesLines(GrassmannRule rule) => TestTensors.AreClose(
        [0.0, 1.918391517, 1.444766187, 1.837374915],
        GrassmannDistance.SquaredPairwise(TestTensors.Noise(4, 7), rule)[0],
        2e-6);

    [TestMethod]
    [DataRow(GrassmannRule.AsPrinted, 3, 4, 4)]
    [DataRow(GrassmannRule.SmallerSide, 3, 4, 4)]
    [DataRow(GrassmannRule.AsPrinted, 6, 2, 2)]
    [DataRow(GrassmannRule.SmallerSide, 6, 2, 2)]
    [DataRow(GrassmannRule.AsPrinted, 5, 9, 3)]
    [DataRow(GrassmannRule.SmallerSide, 5, 9, 3)]
    public void SquaredPairwise_SvdReference_Agrees(GrassmannRule rule, long channels, long height, long width)
    {
        var samples = TestTensors.Noise(6, channels, height, width);
        TestTensors.AreClose(SvdReference(samples, rule), GrassmannDistance.SquaredPairwise(samples, rule), 2e-6);
    }

    [TestMethod]
    public void SquaredPairwise_RankDeficientSamples_MatchTheProjectionsOntoTheirRank()
    {
        var samples = TestTensors.Noise(4, 3, 4, 4);
        // A dead channel, a channel that repeats another, a dead row.
        samples[0, 1].zero_();
        samples[1, 2].copy_(samples[1, 0].Times(2.0));
        samples[2].narrow(1, 2, 1).zero_();
        foreach (var rule in Enum.GetValues<GrassmannRule>())
        {
            TestTensors.AreClose(SvdReference(samples, rule), GrassmannDistance.SquaredPairwise(samples, rule), 1e-4);
            AssertFiniteGradient(samples, rule);
        }
    }

    [TestMethod]
    [DataRow(GrassmannRule.AsPrinted)]
    [DataRow(GrassmannRule.SmallerSide)]
    public void SquaredPairwise_AllZeroSample_IsFinite(GrassmannRule rule)
    {
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            var samples = TestTensors.Noise(4, 3, 4, 4).to(type);
            samples[2].zero_();
            var distances = GrassmannDistance.SquaredPairwise(samples, rule);
            Assert.IsTrue(distances.isfinite().all().item<bool>());
            AssertFiniteGradient(samples, rule);
        }

        AssertFiniteGradient(zeros(new long[] { 3, 2, 3, 3 }), rule);
    }

    [TestMethod]
    [DataRow(GrassmannRule.AsPrinted)]
    [DataRow(GrassmannRule.SmallerSide)]
    public void SquaredPairwise_EqualSingularValues_HasFiniteGradient(GrassmannRule rule)
    {
        var samples = stack(new[] { eye(3, 4), eye(3, 4).flip(1) }).unsqueeze(1);
        AssertFiniteGradient(samples, rule);
    }

    [TestMethod]
    [DataRow(GrassmannRule.AsPrinted)]
    [DataRow(GrassmannRule.SmallerSide)]
    public void SquaredPairwise_ScaledOrMixedRows_DoNotChange(GrassmannRule rule)
    {
        var samples = TestTensors.Noise(4, 3, 5, 5);
        var expected = TestTensors.Values(GrassmannDistance.SquaredPairwise(samples, rule));
        TestTensors.AreClose(expected, GrassmannDistance.SquaredPairwise(samples.Times(37.0), rule), 1e-5);
        var channels = samples.index_select(1, tensor(new long[] { 2, 0, 1 }));
        TestTensors.AreClose(expected, GrassmannDistance.SquaredPairwise(channels, rule), 1e-5);
    }

    [TestMethod]
    [DataRow(GrassmannRule.AsPrinted, 3, 4, 4)]
    [DataRow(GrassmannRule.SmallerSide, 6, 2, 2)]
    public void SquaredPairwise_Gradient_MatchesFiniteDifferences(GrassmannRule rule, long channels, long height, long width)
    {
        var weights = TestTensors.Wave(4, 4);
        weights = weights * 1.0.Minus(eye(4, dtype: ScalarType.Float64));
        FiniteDifference.Check(
            x => (weights * GrassmannDistance.SquaredPairwise(x, rule)).sum(), TestTensors.Noise(4, channels, height, width), 1e-5);
    }

    private static void AssertFiniteGradient(Tensor samples, GrassmannRule rule)
    {
        var gradient = FiniteDifference.Gradient(
            x => GaussianKernel.Compute(GrassmannDistance.SquaredPairwise(x, rule), BandwidthRule.MedianOfSquaredDistances).sum(), samples);
        Assert.IsTrue(gradient.isfinite().all().item<bool>(), $"{rule}");
    }

    // d² from the singular value decomposition of each matricization, pair by pair.
    private static double[] SvdReference(Tensor samples, GrassmannRule rule)
    {
        var n = (int)samples.shape[0];
        var result = new double[n * n];
        for (var mode = 1; mode < samples.dim(); mode++)
        {
            var moved = samples.transpose(1, mode);
            var matrices = Enumerable.Range(0, n).Select(s => moved[s].reshape(moved.shape[1], -1)).ToArray();
            long rows = matrices[0].shape[0], columns = matrices[0].shape[1];
            var constant = rule == GrassmannRule.AsPrinted && rows >= columns;
            var projections = matrices.Select(m => Projection(rows > columns ? m.transpose(0, 1) : m)).ToArray();
            for (var a = 0; a < n; a++)
            {
                for (var b = 0; b < n; b++)
                {
                    var trace = TestTensors.Value((projections[a] * projections[b]).sum());
                    result[a * n + b] += constant ? 2.0 * (rows - columns)
                        : rule == GrassmannRule.AsPrinted ? 2 * (rows - trace)
                        : TestTensors.Value((projections[a] - projections[b]).Squared().sum());
                }
            }
        }

        return result;
    }

    // Π = V Vᵀ over the singular directions that are there.
    private static Tensor Projection(Tensor matrix)
    {
        var (_, values, vh) = linalg.svd(matrix, false);
        var rank = TestTensors.Values(values).Count(v => v > 1e-9);
        var basis = vh.narrow(0, 0, rank);
        return basis.transpose(0, 1).matmul(basis);
    }
}
