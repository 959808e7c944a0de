using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Training;

[TestClass]
public sealed class GradientClippingTests
{
    private static readonly long[][] Shapes = [[1], [7], [16, 3], [5, 4, 3, 3], [300, 120]];

    [TestMethod]
    [DataRow(0.5)]
    [DataRow(50)]
    [DataRow(1e6)]
    public void ClipEach_Gradients_AreThoseOfTorchsClipping(double maximumNorm)
    {
        using var scope = NewDisposeScope();
        var (ours, theirs) = (Parameters(), Parameters());
        using var without = new Parameter(ones(3));
        var before = ours.Select(p => TestTensors.Values(p.grad!)).ToArray();
        GradientClipping.ClipEach([without, .. ours], maximumNorm);
        foreach (var parameter in theirs)
            nn.utils.clip_grad_norm_(new[] { parameter }, maximumNorm);
        Assert.IsNull(without.grad);
        for (var i = 0; i < ours.Length; i++)
        {
            TestTensors.AreClose(TestTensors.Values(theirs[i].grad!), ours[i].grad!, 1e-6 * maximumNorm);
            Assert.IsLessThan(maximumNorm * (1 + 1e-5), ours[i].grad!.norm().item<float>());
            if (maximumNorm == 1e6)
                CollectionAssert.AreEqual(before[i], TestTensors.Values(ours[i].grad!), "gradients below the norm stay");
        }
    }

    [TestMethod]
    public void ClipEach_GradientOfZeros_StaysZero()
    {
        using var scope = NewDisposeScope();
        using var parameter = new Parameter(ones(3)) { grad = zeros(3) };
        GradientClipping.ClipEach([parameter], 1);
        CollectionAssert.AreEqual(new double[3], TestTensors.Values(parameter.grad!));
    }

    // With gradients of norms from below 1 to some thousands.
    private static Parameter[] Parameters() => [.. Shapes.Select((shape, i) => new Parameter(TestTensors.Wave(shape).to(ScalarType.Float32)) { grad = TestTensors.Noise(shape).Times(Math.Pow(10, i - 1)).to(ScalarType.Float32) })];
}
