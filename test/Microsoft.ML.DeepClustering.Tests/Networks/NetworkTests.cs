using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Networks;

[TestClass]
public sealed class NetworkTests
{
    [TestMethod]
    [DataRow(FirstBlockTap.BeforePooling, 20)]
    [DataRow(FirstBlockTap.AfterPooling, 10)]
    public void ConvolutionalNetwork_28Pixels_HasThePapersShapes(FirstBlockTap tap, int side)
    {
        using var network = new ConvolutionalNetwork(1, 28, 28, tap, NormalizationConstants.PyTorch);
        var output = network.Run(randn(3, 1, 28, 28));
        CollectionAssert.AreEqual(new long[] { 3, 32, side, side }, output.Blocks[0].shape);
        CollectionAssert.AreEqual(new long[] { 3, 32, 3, 3 }, output.Blocks[1].shape);
        CollectionAssert.AreEqual(new long[] { 3, network.FeatureCount }, output.Features.shape);
        // conv 5x5x32 on 1 and on 32 channels, conv 3x3x32 twice, biases, scales and shifts of two normalisations.
        Assert.AreEqual(800 + 25600 + 9216 + 9216 + 4 * 32 + 4 * 32, network.parameters().Sum(p => p.numel()));
    }

    [TestMethod]
    [DataRow(28, 28, 28, 28)]
    [DataRow(24, 24, 24, 24)]
    [DataRow(16, 16, 32, 32)]
    [DataRow(23, 40, 32, 56)]
    [DataRow(1, 1, 32, 32)]
    [DataRow(4, 40, 32, 128)]
    [DataRow(500, 1, 500, 32)]
    public void ImageResize_SmallImages_GrowToASideOf32(int height, int width, int newHeight, int newWidth)
    {
        var resize = ImageResize.For(new InputShape([1, height, width]));
        CollectionAssert.AreEqual(new long[] { 1, newHeight, newWidth }, resize?.Shape.Dimensions ?? [1, height, width]);
        if (resize != null)
            CollectionAssert.AreEqual(new long[] { 2, 1, newHeight, newWidth }, resize.Apply(randn(2, 1, height, width)).shape);
    }

    [TestMethod]
    public void ImageResize_TwoPixels_InterpolatesBilinearly()
    {
        var resize = ImageResize.For(new InputShape([1, 1, 2]));
        var row = TestTensors.Values(resize!.Apply(tensor(new[] { 0f, 1f }).reshape(1, 1, 1, 2))[0, 0, 0]);
        // The centres of 64 target pixels lie at (i + 1/2) / 32 - 1/2 of the source.
        for (var i = 0; i < 64; i++)
            Assert.AreEqual(Math.Clamp((i + 0.5) / 32 - 0.5, 0, 1), row[i], 1e-6);
    }

    [TestMethod]
    public void MultilayerPerceptron_Vectors_HasThePapersWidths()
    {
        using var network = new MultilayerPerceptron(7);
        var output = network.Run(randn(3, 7));
        CollectionAssert.AreEqual(new long[] { 3, 500 }, output.Blocks[0].shape);
        CollectionAssert.AreEqual(new long[] { 3, 2000 }, output.Blocks[1].shape);
        Assert.AreEqual(7 * 500 + 500 * 500 + 500 * 2000 + 500 + 500 + 2000, network.parameters().Sum(p => p.numel()));
    }

    [TestMethod]
    [DataRow(WeightInitialization.GlorotUniform)]
    [DataRow(WeightInitialization.HeNormal)]
    [DataRow(WeightInitialization.UniformByInputs)]
    [DataRow(WeightInitialization.PyTorch)]
    public void Initialize_Rule_HasItsSpread(WeightInitialization rule)
    {
        using var network = new ConvolutionalNetwork(1, 28, 28, FirstBlockTap.BeforePooling, NormalizationConstants.PyTorch);
        using var generator = new Generator(3);
        WeightInitializer.Initialize(network, rule, generator);
        var weights = network.named_parameters().Single(p => p.name == "block1.conv2.weight").parameter;
        var fan = 32 * 25.0;
        var expected = rule switch
        {
            WeightInitialization.GlorotUniform => Math.Sqrt(6 / (2 * fan) / 3),
            WeightInitialization.HeNormal => Math.Sqrt(2 / fan),
            _ => Math.Sqrt(1 / fan / 3),
        };
        Assert.AreEqual(expected, Math.Sqrt(TestTensors.Value(weights.Squared().mean())), 0.02 * expected);
        // Of 32 filters with 25 inputs each.
        var biases = network.named_parameters().Single(p => p.name == "block1.conv1.bias").parameter;
        Assert.AreEqual(rule == WeightInitialization.PyTorch ? 0.2 / Math.Sqrt(3) : 0, Math.Sqrt(TestTensors.Value(biases.Squared().mean())), 0.03);
        Assert.IsLessThanOrEqualTo(0.2, TestTensors.Value(biases.abs().max()));
        Assert.AreEqual(0, TestTensors.Value(network.named_parameters().Single(p => p.name == "block1.norm.bias").parameter.abs().sum()));
        Assert.AreEqual(32, TestTensors.Value(network.named_parameters().Single(p => p.name == "block1.norm.weight").parameter.sum()));
        if (rule == WeightInitialization.GlorotUniform)
            Assert.IsLessThanOrEqualTo(Math.Sqrt(3 / fan), TestTensors.Value(weights.abs().max()));
    }

    [TestMethod]
    public void Initialize_AsPyTorchDoes_HasTheSpreadOfItsLinearLayer()
    {
        // Theirs are drawn from the global state: of 3,000 biases one is always near the bound.
        using var linear = nn.Linear(300, 3000);
        AreAlike(linear, new LinearLayer(300, 3000), Math.Sqrt(1.0 / 300));
        using var convolution = nn.Conv2d(12, 3000, 3);
        AreAlike(convolution, new ConvolutionLayer(12, 3000, 3), Math.Sqrt(1.0 / (12 * 9)));
        // PyTorch counts the second size, 3,000, as the inputs.
        using var transposed = nn.ConvTranspose2d(12, 3000, 3);
        AreAlike(transposed, new TransposedConvolutionLayer(12, 3000, 3), Math.Sqrt(1.0 / (3000 * 9)));
    }

    private static void AreAlike(nn.Module theirs, nn.Module layer, double bound)
    {
        using var scope = NewDisposeScope();
        // Layers lie in networks, as here.
        using var ours = nn.Sequential(("layer", (nn.Module<Tensor, Tensor>)layer));
        using var generator = new Generator(3);
        WeightInitializer.Initialize(ours, WeightInitialization.PyTorch, generator);
        foreach (var (name, parameter) in layer.named_parameters())
        {
            var other = theirs.named_parameters().Single(p => p.name == name).parameter;
            Assert.AreEqual(TestTensors.Value(other.Squared().mean()), TestTensors.Value(parameter.Squared().mean()), 0.15 * bound * bound);
            Assert.AreEqual(bound, TestTensors.Value(other.abs().max()), 0.03 * bound);
            Assert.AreEqual(bound, TestTensors.Value(parameter.abs().max()), 0.03 * bound);
        }
    }

    [TestMethod]
    public void Initialize_TransposedConvolution_CountsItsInputs()
    {
        using var decoder = new ConvolutionalNetwork(1, 28, 28, FirstBlockTap.BeforePooling, NormalizationConstants.PyTorch).CreateDecoder();
        using var generator = new Generator(3);
        WeightInitializer.Initialize(decoder, WeightInitialization.HeNormal, generator);
        // (in, out, height, width): 32 channels in, one out.
        var weights = decoder.named_parameters().Single(p => p.name == "block1.conv2.weight").parameter;
        CollectionAssert.AreEqual(new long[] { 32, 1, 5, 5 }, weights.shape);
        var expected = Math.Sqrt(2 / (32 * 25.0));
        Assert.AreEqual(expected, Math.Sqrt(TestTensors.Value(weights.Squared().mean())), 0.06 * expected);
    }

    [TestMethod]
    public void Initialize_GlobalRandomState_DoesNotMatter()
    {
        CollectionAssert.AreEqual(Draw(1), Draw(2));

        static double[] Draw(long globalSeed)
        {
            manual_seed(globalSeed);
            using var network = new MultilayerPerceptron(3);
            using var generator = new Generator(3);
            WeightInitializer.Initialize(network, WeightInitialization.GlorotUniform, generator);
            return TestTensors.Values(network.parameters().First());
        }
    }
}
