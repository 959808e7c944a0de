using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Networks;

[TestClass]
public sealed class PrecisionLayerTests
{
    // A product of bfloat16 is right to about 2^-8 of the sizes of what it adds up.
    private const double Coarse = 1e-2;

    public static IEnumerable<object[]> Layers =>
    [
        ["linear", () => new LinearLayer(24, 7), new long[] { 5, 24 }],
        ["convolution", () => new ConvolutionLayer(3, 4, 3), new long[] { 5, 3, 8, 7 }],
        ["transposed convolution", () => new TransposedConvolutionLayer(3, 4, 3), new long[] { 5, 3, 8, 7 }],
    ];

    [TestMethod]
    [DynamicData(nameof(Layers))]
    public void Forward_InFloat32_IsTheLayerOfTorchSharp(string name, object make, long[] shape)
    {
        using var scope = NewDisposeScope();
        using var layer = Drawn(make);
        var input = TestTensors.Noise(shape).to(ScalarType.Float32);
        using nn.Module<Tensor, Tensor> theirs = layer switch
        {
            LinearLayer => nn.Linear(24, 7),
            ConvolutionLayer => nn.Conv2d(3, 4, 3L),
            _ => nn.ConvTranspose2d(3, 4, 3L),
        };
        theirs.load_state_dict(layer.state_dict());
        Assert.IsTrue(theirs.forward(input).eq(layer.forward(input)).all().item<bool>(), name);
    }

    [TestMethod]
    [DynamicData(nameof(Layers))]
    public void Forward_InBFloat16_IsCloseAndSoAreItsGradients(string name, object make, long[] shape)
    {
        using var scope = NewDisposeScope();
        using var layer = Drawn(make);
        var input = TestTensors.Noise(shape).to(ScalarType.Float32);
        var (exact, exactGradients) = Run(layer, input);
        PrecisionLayer.Set(layer, NumericPrecision.BFloat16);
        var (coarse, coarseGradients) = Run(layer, input);
        Assert.AreEqual(ScalarType.Float32, exact.dtype);
        Assert.AreEqual(ScalarType.BFloat16, coarse.dtype);
        Differ(exact, coarse.to(ScalarType.Float32), name);
        foreach (var (parameter, gradient) in coarseGradients)
        {
            Assert.AreEqual(ScalarType.Float32, gradient.dtype, "gradients of the weights are as they are");
            Differ(exactGradients[parameter], gradient, $"{name}, {parameter}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Layers))]
    public void Forward_InBFloat16AndEvaluation_IsThatOfFloat32(string name, object make, long[] shape)
    {
        using var scope = NewDisposeScope();
        using var layer = Drawn(make);
        var input = TestTensors.Noise(shape).to(ScalarType.Float32);
        layer.eval();
        var exact = layer.forward(input);
        PrecisionLayer.Set(layer, NumericPrecision.BFloat16);
        Assert.IsTrue(exact.eq(layer.forward(input)).all().item<bool>(), name);
    }

    private static PrecisionLayer Drawn(object make)
    {
        var layer = ((Func<PrecisionLayer>)make)();
        using var generator = new Generator(3);
        WeightInitializer.Initialize(layer, WeightInitialization.GlorotUniform, generator);
        return layer;
    }

    private static (Tensor Output, Dictionary<string, Tensor> Gradients) Run(PrecisionLayer layer, Tensor input)
    {
        layer.zero_grad();
        var output = layer.forward(input);
        output.to(ScalarType.Float32).Squared().sum().backward();
        return (output, layer.named_parameters().ToDictionary(p => p.name, p => p.parameter.grad!.clone()));
    }

    // By some of it, since it is coarse, and not by more than that.
    private static void Differ(Tensor exact, Tensor coarse, string what)
    {
        var difference = (exact - coarse).norm(2f).item<float>() / exact.norm(2f).item<float>();
        Assert.IsGreaterThan(0, difference, what);
        Assert.IsLessThan(Coarse, difference, what);
    }
}
