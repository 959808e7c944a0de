using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Losses;

/// <summary>The losses of VaDE. Golden numbers: the equations written out in NumPy, in float64, on the inputs of <see cref="TestTensors"/>.</summary>
[TestClass]
public sealed class MixturePriorTests
{
    // (5, 4), (5, 4), (5, 4), (3), (3, 4), (3, 4)
    private static Tensor Z => TestTensors.Noise(5, 4).Times(3.0);

    private static Tensor LogS => TestTensors.Wave(5, 4);

    private static Tensor LogShares => nn.functional.log_softmax(TestTensors.Wave(3), 0);

    private static Tensor Means => TestTensors.Wave(3, 4);

    private static Tensor LogVariances => TestTensors.Noise(3, 4);

    [TestMethod]
    public void LogJoint_GoldenInput_MatchesTheEquation()
    {
        using var scope = NewDisposeScope();
        TestTensors.AreClose([-9.34924016, -6.57946413, -7.32393922], MixturePrior.LogJoint(Z, LogShares, Means, LogVariances)[0], 1e-7);
    }

    [TestMethod]
    public void Compute_GoldenInput_MatchesTheEquation()
    {
        using var scope = NewDisposeScope();
        Assert.AreEqual(2.3032554194884343, TestTensors.Value(Loss(Z, Z, LogS, LogShares, Means, LogVariances)), 1e-8);
    }

    [TestMethod]
    public void Compute_NaiveLoops_Agree()
    {
        using var scope = NewDisposeScope();
        var (m, s, pi, mu, v) = (TestTensors.Values(Z), TestTensors.Values(LogS), TestTensors.Values(LogShares), TestTensors.Values(Means), TestTensors.Values(LogVariances));
        double[] weights = [0.5, 1.5, 1, 0.25, 1.75];
        var expected = 0.0;
        for (var i = 0; i < 5; i++)
        {
            var joint = new double[3];
            for (var c = 0; c < 3; c++)
            {
                joint[c] = pi[c];
                for (var j = 0; j < 4; j++)
                    joint[c] -= 0.5 * (Math.Log(2 * Math.PI) + v[c * 4 + j] + Math.Pow(m[i * 4 + j] - mu[c * 4 + j], 2) / Math.Exp(v[c * 4 + j]));
            }

            var sum = joint.Sum(Math.Exp);
            var cost = 0.0;
            for (var c = 0; c < 3; c++)
            {
                var gamma = Math.Exp(joint[c]) / sum;
                cost += gamma * (Math.Log(gamma) - pi[c]);
                for (var j = 0; j < 4; j++)
                    cost += gamma * 0.5 * (v[c * 4 + j] + (Math.Exp(s[i * 4 + j]) + Math.Pow(m[i * 4 + j] - mu[c * 4 + j], 2)) / Math.Exp(v[c * 4 + j]));
            }

            for (var j = 0; j < 4; j++)
                cost -= 0.5 * (1 + s[i * 4 + j]);
            expected += weights[i] * cost / 5;
        }

        var logJoint = MixturePrior.LogJoint(Z, LogShares, Means, LogVariances);
        Assert.AreEqual(expected, TestTensors.Value(MixturePrior.Compute(logJoint, Z, LogS, LogShares, Means, LogVariances, tensor(weights))), 1e-10);
    }

    [TestMethod]
    public void Compute_Gradients_MatchFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        FiniteDifference.Check(z => Loss(z, z, LogS, LogShares, Means, LogVariances), Z);
        FiniteDifference.Check(s => Loss(Z, Z, s, LogShares, Means, LogVariances), LogS);
        FiniteDifference.Check(p => Loss(Z, Z, LogS, nn.functional.log_softmax(p, 0), Means, LogVariances), TestTensors.Wave(3));
        FiniteDifference.Check(m => Loss(Z, Z, LogS, LogShares, m, LogVariances), Means);
        FiniteDifference.Check(v => Loss(Z, Z, LogS, LogShares, Means, v), LogVariances);
    }

    [TestMethod]
    public void Compute_PermutedRowsOrComponents_DoNotChangeIt()
    {
        using var scope = NewDisposeScope();
        var expected = TestTensors.Value(Loss(Z, Z, LogS, LogShares, Means, LogVariances));
        var (rows, components) = (tensor(new long[] { 4, 2, 0, 1, 3 }), tensor(new long[] { 2, 0, 1 }));
        Assert.AreEqual(expected, TestTensors.Value(Loss(Z[rows], Z[rows], LogS[rows], LogShares, Means, LogVariances)), 1e-12);
        Assert.AreEqual(expected, TestTensors.Value(Loss(Z, Z, LogS, LogShares[components], Means[components], LogVariances[components])), 1e-12);
    }

    [TestMethod]
    public void Compute_FarFromAllComponents_IsFinite()
    {
        using var scope = NewDisposeScope();
        var far = Z.Times(1e4).to(ScalarType.Float32);
        var (logShares, means, logVariances) = (LogShares.to(ScalarType.Float32), Means.to(ScalarType.Float32), LogVariances.to(ScalarType.Float32));
        var gradient = FiniteDifference.Gradient(z => Loss(z, z, LogS.to(ScalarType.Float32), logShares, means, logVariances), far);
        Assert.IsTrue(gradient.isfinite().all().item<bool>());
    }

    [TestMethod]
    public void BinaryCrossEntropy_GoldenNaiveAndGradient_Agree()
    {
        using var scope = NewDisposeScope();
        var (x, odds) = (TestTensors.Wave(3, 4).sigmoid(), TestTensors.Noise(3, 4).Times(4.0));
        Assert.AreEqual(3.393637505253892, TestTensors.Value(BinaryCrossEntropy.Compute(x, odds)), 1e-8);
        var (values, logits) = (TestTensors.Values(x), TestTensors.Values(odds));
        double[] weights = [0.5, 1, 1.5];
        var expected = Enumerable.Range(0, 12).Sum(i =>
        {
            var p = 1 / (1 + Math.Exp(-logits[i]));
            return -weights[i / 4] * (values[i] * Math.Log(p) + (1 - values[i]) * Math.Log(1 - p)) / 3;
        });
        Assert.AreEqual(expected, TestTensors.Value(BinaryCrossEntropy.Compute(x.reshape(3, 2, 2), odds, tensor(weights))), 1e-10);
        FiniteDifference.Check(l => BinaryCrossEntropy.Compute(x, l), odds);
        Assert.IsTrue(double.IsFinite(TestTensors.Value(BinaryCrossEntropy.Compute(x, odds.Times(1e4)))));
    }

    private static Tensor Loss(Tensor z, Tensor m, Tensor logS, Tensor logShares, Tensor means, Tensor logVariances)
        => MixturePrior.Compute(MixturePrior.LogJoint(z, logShares, means, logVariances), m, logS, logShares, means, logVariances);
}
