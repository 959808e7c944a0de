using Microsoft.ML.DeepClustering.Metrics.Mismatch;
using Microsoft.ML.DeepClustering.Tests.Support;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Metrics.Mismatch;

[TestClass]
public sealed class FeatureDriftTests
{
    private readonly Parameter _weights = new(TestTensors.Wave(2, 3));
    private readonly Parameter _bias = new(tensor(new[] { 0.5, -0.25 }));

    private Parameter[] Encoder => [_weights, _bias];

    [TestMethod]
    public void Compute_TwoSquares_EqualsNumPy()
    {
        using var scope = NewDisposeScope();
        // The first loss does not reach the bias. Gradients W - A and 0; W - B and b - c; their cosine by numpy 1.24.
        var first = 0.5 * (_weights - TestTensors.Noise(2, 3)).square().sum();
        var second = 0.5 * (_weights - 2.0 * TestTensors.Noise(3, 2).t()).square().sum() + 0.5 * (_bias - tensor(new[] { 1.0, 2.0 })).square().sum();
        Assert.AreEqual(0.44152916609757537, TestTensors.Value(FeatureDrift.Compute(first, second, Encoder)), 1e-9);
    }

    [TestMethod]
    public void Compute_SameAndOpposedLosses_AreOneAndMinusOne()
    {
        using var scope = NewDisposeScope();
        var loss = _weights.pow(4).sum() + _bias.square().sum();
        Assert.AreEqual(1, TestTensors.Value(FeatureDrift.Compute(loss, 3.0 * loss, Encoder)), 1e-12);
        Assert.AreEqual(-1, TestTensors.Value(FeatureDrift.Compute(loss, -0.01 * loss, Encoder)), 1e-12);
    }

    [TestMethod]
    public void Compute_LossesOfDifferentParameters_AreOrthogonal()
    {
        using var scope = NewDisposeScope();
        Assert.AreEqual(0, TestTensors.Value(FeatureDrift.Compute(_weights.square().sum(), _bias.square().sum(), Encoder)), 1e-15);
    }

    [TestMethod]
    public void Compute_TinyGradients_KeepTheirCosine()
    {
        using var scope = NewDisposeScope();
        var weights = new Parameter(TestTensors.Wave(2, 3).to(ScalarType.Float32));
        var loss = weights.square().sum();
        Assert.AreEqual(1, TestTensors.Value(FeatureDrift.Compute(1e-16 * loss, 1e-18 * loss, [weights])), 1e-5);
    }

    [TestMethod]
    public void Compute_AGradientOfZero_IsNaN()
    {
        using var scope = NewDisposeScope();
        Assert.IsTrue(double.IsNaN(TestTensors.Value(FeatureDrift.Compute(_weights.square().sum(), 0.0 * _weights.sum(), Encoder))));
    }

    [TestMethod]
    public void Compute_BothLosses_CanStillBeDifferentiated()
    {
        using var scope = NewDisposeScope();
        var first = _weights.square().sum();
        var second = _weights.pow(3).sum();
        FeatureDrift.Compute(first, second, Encoder);
        var gradient = autograd.grad(new[] { first + second }, new Tensor[] { _weights })[0];
        TestTensors.AreClose(TestTensors.Values(2.0 * _weights.detach() + 3.0 * _weights.detach().square()), gradient, 1e-12);
    }
}
