using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Networks;

/// <summary>The autoencoder of DEPICT. Golden numbers: the same layers in PyTorch, in float64, with weights of the formulas of <see cref="TestTensors"/>.</summary>
[TestClass]
public sealed class LayerwiseAutoencoderTests
{
    private const double Tolerance = 2e-6;

    [TestMethod]
    [DataRow(1, 28, 28)]
    [DataRow(1, 16, 16)]
    [DataRow(3, 8, 8)]
    [DataRow(1, 29, 31)]
    [DataRow(2, 30, 45)]
    public void Convolutional_AnySize_IsMirroredLayerByLayer(int channels, int height, int width)
    {
        using var scope = NewDisposeScope();
        using var autoencoder = Create([channels, height, width], 5);
        var input = randn(2, channels, height, width);
        var (embedding, hidden) = autoencoder.Encode(input);
        var (output, mirrored) = autoencoder.Decode(embedding);
        CollectionAssert.AreEqual(new long[] { 2, 5 }, embedding.shape);
        CollectionAssert.AreEqual(input.shape, output.shape);
        CollectionAssert.AreEqual(autoencoder.FirstHiddenShape(2), hidden[0].shape);
        Assert.HasCount(2, hidden);
        for (var i = 0; i < 2; i++)
            CollectionAssert.AreEqual(hidden[i].shape, mirrored[i].shape);
    }

    [TestMethod]
    public void Convolutional_Mnist_HasThePapersLayers()
    {
        using var autoencoder = Create([1, 28, 28], 10);
        var weights = autoencoder.named_parameters().Where(p => p.parameter.dim() > 1).Select(p => $"{p.name} {string.Join("x", p.parameter.shape)}");
        CollectionAssert.AreEqual(
            new[]
            {
                "encoder.0.weight 50x1x4x4", "encoder.1.weight 50x50x5x5", "embedding.weight 10x2450", "expansion.weight 2450x10", "decoder.0.weight 50x50x5x5", "decoder.1.weight 50x1x4x4",
            },
            weights.ToArray());
    }

    [TestMethod]
    public void Convolutional_GoldenWeights_MatchPyTorch()
    {
        using var scope = NewDisposeScope();
        using var autoencoder = Create([1, 9, 8], 3);
        SetWeights(autoencoder, name => name is "encoder.1.weight" or "embedding.weight" or "decoder.0.weight" ? 0.05 : 0.5);
        var input = TestTensors.Wave(2, 1, 9, 8).to(ScalarType.Float32);
        Check(
            autoencoder, input,
            [0.04134762107708526, 0.10301010581241125, -0.03297400242460855, 0.025144719956543278, 0.09739899423022291, -0.03820568705559351],
            [0.5069066277131564, 0.0726267095605336, 0.006617086611753582]);
    }

    [TestMethod]
    public void Perceptron_GoldenWeights_MatchPyTorch()
    {
        using var scope = NewDisposeScope();
        using var autoencoder = Create([5], 2, hiddenLayers: [4, 3]);
        SetWeights(autoencoder, _ => 0.5);
        Check(
            autoencoder, TestTensors.Wave(3, 5).to(ScalarType.Float32),
            [0.008536813324899462, 0.08848186344648666, 0.020658606132128218, 0.09274800955425967, 0.015707439206890012, 0.0866604405377249],
            [0.49193582448159, 0.018041979520259346, 0.0007221118779588057]);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Encode_Disturbed_ChangesWhatGoesIntoEachLayer(bool images)
    {
        using var scope = NewDisposeScope();
        using var autoencoder = images ? Create([1, 9, 8], 3) : Create([5], 2, [4, 3]);
        SetWeights(autoencoder, _ => 0.1);
        var input = (images ? TestTensors.Wave(2, 1, 9, 8) : TestTensors.Wave(2, 5)).to(ScalarType.Float32);
        var layers = new List<int>();
        var (embedding, _) = autoencoder.Encode(input, (layer, values) =>
        {
            layers.Add(layer);
            CollectionAssert.AreEqual(layer == 0 ? autoencoder.InputShape(2) : autoencoder.FirstHiddenShape(2), values.shape);
            return layer == 0 ? values.Times(0) : values;
        });
        CollectionAssert.AreEqual(new[] { 0, 1 }, layers);
        TestTensors.AreClose(TestTensors.Values(autoencoder.Encode(zeros_like(input)).Embedding), embedding, 0);
    }

    [TestMethod]
    public void Output_OfImages_IsBoundedAndOfVectorsIsNot()
    {
        using var scope = NewDisposeScope();
        using var convolutional = Create([1, 9, 8], 3);
        using var perceptron = Create([5], 2, [4, 3]);
        Assert.IsTrue(convolutional.IsBounded);
        Assert.IsFalse(perceptron.IsBounded);
        SetWeights(convolutional, _ => 50);
        SetWeights(perceptron, _ => 50);
        Assert.IsLessThanOrEqualTo(1f, convolutional.forward(TestTensors.Wave(2, 1, 9, 8).to(ScalarType.Float32)).abs().max().item<float>());
        Assert.IsGreaterThan(1f, perceptron.forward(TestTensors.Wave(2, 5).to(ScalarType.Float32)).abs().max().item<float>());
    }

    [TestMethod]
    public void Encode_ValuesThatOverflow_AreNotHiddenByTheTanh()
    {
        using var scope = NewDisposeScope();
        using var perceptron = Create([5], 2, [4, 3]);
        SetWeights(perceptron, _ => 50);
        perceptron.eval();
        var embedding = perceptron.Encode(cat([ones(1, 5), ones(1, 5).Times(float.MaxValue)])).Embedding;
        Assert.IsTrue(embedding[0].isfinite().all().item<bool>());
        Assert.IsTrue(embedding[1].isnan().all().item<bool>());
    }

    [TestMethod]
    public void EncoderParameters_AreThoseTheEmbeddingDependsOn()
    {
        using var autoencoder = Create([1, 9, 8], 4);
        using var scope = NewDisposeScope();
        var all = autoencoder.parameters().ToArray();
        var gradients = autograd.grad(new[] { autoencoder.Encode(randn(5, 1, 9, 8)).Embedding.sum() }, all, allow_unused: true);
        var used = all.Where((_, i) => gradients[i] is { IsInvalid: false }).Select(p => p.Handle);
        CollectionAssert.AreEquivalent(used.ToArray(), autoencoder.EncoderParameters.Select(p => p.Handle).ToArray());
    }

    [TestMethod]
    [DataRow(8, 8, 8, 8, false)]
    [DataRow(7, 9, 8, 10, true)]
    [DataRow(1, 2, 8, 16, true)]
    [DataRow(3, 200, 8, 200, true)]
    public void Choice_SmallImages_AreEnlargedToEightPixels(int height, int width, int newHeight, int newWidth, bool noted)
    {
        var choice = new NetworkChoice(NetworkKind.Auto, new InputShape([1, height, width]), smallestSide: StridedBlocks.SmallestSide);
        CollectionAssert.AreEqual(new long[] { 1, newHeight, newWidth }, choice.Shape.Dimensions.ToArray());
        Assert.AreEqual(noted, choice.Preparation.Notes.Count > 0);
    }

    private static void Check(LayerwiseAutoencoder autoencoder, Tensor input, double[] embeddings, double[] errors)
    {
        var (embedding, hidden) = autoencoder.Encode(input);
        var (output, mirrored) = autoencoder.Decode(embedding);
        TestTensors.AreClose(embeddings, embedding, Tolerance);
        TestTensors.AreClose(
            errors,
            stack([ReconstructionError.MeanOverElements(input, output), .. hidden.Zip(mirrored, (h, m) => ReconstructionError.MeanOverElements(h, m))]),
            Tolerance);
    }

    private static LayerwiseAutoencoder Create(long[] shape, long embeddingSize, int[]? hiddenLayers = null)
        => LayerwiseAutoencoder.Create(new NetworkChoice(NetworkKind.Auto, new InputShape(shape), hiddenLayers, StridedBlocks.SmallestSide), embeddingSize);

    private static void SetWeights(LayerwiseAutoencoder autoencoder, Func<string, double> scale)
    {
        using var gradientsOff = no_grad();
        foreach (var (name, parameter) in autoencoder.named_parameters())
            parameter.copy_(parameter.dim() > 1 ? TestTensors.Noise(parameter.shape).Times(scale(name)) : TestTensors.Wave(parameter.shape).Times(0.1));
    }
}
