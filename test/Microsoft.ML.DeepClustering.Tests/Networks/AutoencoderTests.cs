using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Networks;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Networks;

[TestClass]
public sealed class AutoencoderTests
{
    [TestMethod]
    public void MultilayerPerceptron_HasThePapersWidthsAndTheirMirror()
    {
        using var autoencoder = new Autoencoder(new MultilayerPerceptron(7), 4);
        using var scope = NewDisposeScope();
        var input = randn(3, 7);
        var (embedding, blocks) = autoencoder.Encode(input);
        CollectionAssert.AreEqual(new long[] { 3, 4 }, embedding.shape);
        CollectionAssert.AreEqual(new long[] { 3, 500 }, blocks[0].shape);
        CollectionAssert.AreEqual(new long[] { 3, 7 }, autoencoder.Decode(embedding).shape);
        var weights = autoencoder.named_parameters().Where(p => p.parameter.dim() == 2).Select(p => string.Join("x", p.parameter.shape));
        CollectionAssert.AreEqual(new[] { "500x7", "500x500", "2000x500", "4x2000", "2000x4", "500x2000", "500x500", "7x500" }, weights.ToArray());
    }

    [TestMethod]
    public void MultilayerPerceptron_EmbeddingAndOutput_AreLinear()
    {
        using var autoencoder = new Autoencoder(new MultilayerPerceptron(7), 4);
        using var generator = new Generator(3);
        WeightInitializer.Initialize(autoencoder, WeightInitialization.HeNormal, generator);
        using var scope = NewDisposeScope();
        var input = randn(200, 7);
        Assert.IsLessThan(0, autoencoder.Encode(input).Embedding.min().item<float>());
        Assert.IsLessThan(0, autoencoder.forward(input).min().item<float>());
        Assert.IsGreaterThanOrEqualTo(0, autoencoder.Encode(input).Blocks[1].min().item<float>());
    }

    [TestMethod]
    [DataRow(1, 28, 28)]
    [DataRow(3, 32, 32)]
    [DataRow(1, 29, 31)]
    [DataRow(2, 30, 45)]
    public void ConvolutionalNetwork_AnySize_IsMirrored(int channels, int height, int width)
    {
        using var autoencoder = new Autoencoder(new ConvolutionalNetwork(channels, height, width, FirstBlockTap.BeforePooling, NormalizationConstants.PyTorch), 5);
        using var scope = NewDisposeScope();
        var input = randn(2, channels, height, width);
        CollectionAssert.AreEqual(new long[] { 2, 5 }, autoencoder.Encode(input).Embedding.shape);
        CollectionAssert.AreEqual(input.shape, autoencoder.forward(input).shape);
    }

    [TestMethod]
    public void ConvolutionalDecoder_28Pixels_HasAsManyFiltersAsTheEncoder()
    {
        using var decoder = new ConvolutionalNetwork(1, 28, 28, FirstBlockTap.BeforePooling, NormalizationConstants.PyTorch).CreateDecoder();
        // Transposed conv 3x3x32 twice, 5x5x32, 5x5 to one channel; biases, scale and shift of one normalisation.
        Assert.AreEqual(9216 + 9216 + 25600 + 800 + 3 * 32 + 1 + 2 * 32, decoder.parameters().Sum(p => p.numel()));
    }

    [TestMethod]
    public void EncoderParameters_AreThoseTheEmbeddingDependsOn()
    {
        using var autoencoder = new Autoencoder(new MultilayerPerceptron(7), 4);
        using var scope = NewDisposeScope();
        var all = autoencoder.parameters().ToArray();
        var gradients = autograd.grad(new[] { autoencoder.Encode(randn(5, 7)).Embedding.sum() }, all, allow_unused: true);
        var used = all.Where((_, i) => gradients[i] is { IsInvalid: false }).Select(p => p.Handle);
        CollectionAssert.AreEquivalent(used.ToArray(), autoencoder.EncoderParameters.Select(p => p.Handle).ToArray());
    }

    [TestMethod]
    public void NetworkChoice_ConvolutionalForVectors_Throws()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => new NetworkChoice(NetworkKind.Convolutional, new InputShape([7])));
        StringAssert.Contains(error.Message, "flat vector of 7 values");
    }
}
