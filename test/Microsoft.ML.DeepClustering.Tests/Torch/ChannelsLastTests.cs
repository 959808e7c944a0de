using Microsoft.ML.DeepClustering.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Torch;

[TestClass]
public sealed class ChannelsLastTests
{
    [TestMethod]
    [DataRow(1L, DisplayName = "one channel")]
    [DataRow(3L, DisplayName = "three channels")]
    public void WithChannelsLast_Images_AreTheSameValuesInTheOtherOrder(long channels)
    {
        using var scope = NewDisposeScope();
        var images = rand([2, channels, 4, 5]);

        var arranged = images.WithChannelsLast();

        CollectionAssert.AreEqual(images.shape, arranged.shape);
        CollectionAssert.AreEqual(images.data<float>().ToArray(), arranged.contiguous().data<float>().ToArray());
        CollectionAssert.AreEqual(new[] { 20 * channels, 1, 5 * channels, channels }, arranged.stride());
    }

    [TestMethod]
    [DataRow(1L, DisplayName = "one channel")]
    [DataRow(3L, DisplayName = "three channels")]
    public void WithChannelsLast_OfItsOwnOutput_CopiesNothing(long channels)
    {
        using var scope = NewDisposeScope();
        var arranged = rand([2, channels, 4, 5]).WithChannelsLast();

        var again = arranged.WithChannelsLast();

        again.zero_();
        Assert.AreEqual(0f, arranged.abs().max().item<float>());
        CollectionAssert.AreEqual(arranged.stride(), again.stride());
    }

    [TestMethod]
    [DataRow(1L, DisplayName = "one channel")]
    [DataRow(3L, DisplayName = "three channels")]
    public void WithChannelsLast_BeforeAConvolutionAndAPooling_LeavesValuesAndGradients(long channels)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var images = rand([3, channels, 12, 10], generator: generator);
        var weights = rand([4, channels, 3, 3], generator: generator);

        var (values, gradients) = ValuesAndGradients(images, weights);
        var (arrangedValues, arrangedGradients) = ValuesAndGradients(images.WithChannelsLast(), weights);

        Assert.AreEqual(0, (values - arrangedValues).abs().max().item<float>(), 1e-5);
        Assert.AreEqual(0, (gradients - arrangedGradients).abs().max().item<float>(), 1e-4);
    }

    private static (Tensor Values, Tensor Gradients) ValuesAndGradients(Tensor images, Tensor weights)
    {
        var parameter = weights.clone().requires_grad_(true);
        var values = nn.functional.max_pool2d(nn.functional.conv2d(images, parameter), 2, 2);
        values.sum().backward();
        return (values, parameter.grad!);
    }
}
