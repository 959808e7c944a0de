using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Tests.Onnx;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Networks;

/// <summary>Perceptrons of other widths than the usual ones.</summary>
[TestClass]
public sealed class HiddenLayersTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void MultilayerPerceptron_OtherWidths_HasThemAndItsDecoderMirrorsThem()
    {
        using var scope = NewDisposeScope();
        using var network = new MultilayerPerceptron(7, [6, 5, 4, 3]);
        using var decoder = network.CreateDecoder();
        var output = network.Run(randn(2, 7));
        CollectionAssert.AreEqual(new long[] { 2, 4 }, output.Blocks[0].shape);
        CollectionAssert.AreEqual(new long[] { 2, 3 }, output.Blocks[1].shape);
        CollectionAssert.AreEqual(new long[] { 2, 7 }, decoder.forward(output.Features).shape);
        string[] names = ["block1.linear1.weight", "block1.linear2.weight", "block1.linear3.weight", "block2.linear4.weight"];
        CollectionAssert.AreEqual(names, network.named_parameters().Select(p => p.name).Where(n => n.EndsWith("weight", StringComparison.Ordinal)).ToArray());
        Assert.AreEqual(7 * 6 + 6 * 5 + 5 * 4 + 4 * 3, (int)MultilayerPerceptron.Weights(7, [6, 5, 4, 3]));
        Assert.AreEqual(network.parameters().Where(p => p.dim() > 1).Sum(p => p.numel()), (long)MultilayerPerceptron.Weights(7, [6, 5, 4, 3]));
    }

    [TestMethod]
    public void MultilayerPerceptron_OneLayer_HasOneBlock()
    {
        using var scope = NewDisposeScope();
        using var network = new MultilayerPerceptron(7, [4]);
        var output = network.Run(randn(2, 7));
        Assert.HasCount(1, output.Blocks);
        CollectionAssert.AreEqual(new long[] { 2, 4 }, output.Features.shape);
        Assert.AreEqual(4, network.FeatureCount);
        using var decoder = network.CreateDecoder();
        Assert.AreEqual(1, decoder.modules().OfType<LinearLayer>().Count());
    }

    [TestMethod]
    public void NetworkChoice_WidthsForTheConvolutionalNetwork_AreRefused()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => new NetworkChoice(NetworkKind.Auto, InputShape.FromImage(new(1, 28, 28)), [10]));
        StringAssert.Contains(error.Message, "HiddenLayers is set, but images get the convolutional network");
        Assert.AreEqual(10, new NetworkChoice(NetworkKind.MultilayerPerceptron, InputShape.FromImage(new(1, 28, 28)), [10]).FeatureCount);
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_OtherWidths_TrainSaveLoadAndConvert(string method, int[] widths)
    {
        using var folder = new TemporaryFolder();
        var rows = OnnxRows.Make(12);
        var data = OnnxRows.View(_ml, rows, [12]);
        var options = TestMethods.Options(method, epochs: 1);
        options.HiddenLayers = widths;
        if (options is DeepKMeansOptions soft)
            soft.Alpha = 0.01;
        using var model = TestMethods.Trainer(_ml, options).Fit(data);
        widths[0]++;
        var expected = OnnxOutputs.Read(model.Transform(data));
        _ml.Model.Save(model, data.Schema, folder.File("model.zip"));
        using var loaded = (DeepClusteringTransformer)_ml.Model.Load(folder.File("model.zip"), out _);
        Assert.AreEqual(widths[0] - 1, loaded.Trained.Options.HiddenLayers![0], "The options are a copy.");
        CollectionAssert.AreEqual(
            model.Transform(data).GetColumn<uint>("PredictedLabel").ToArray(), loaded.Transform(data).GetColumn<uint>("PredictedLabel").ToArray());
        using var onnx = new OnnxModel(_ml, model, data);
        onnx.Run(rows, OnnxRows.Count).AreClose(expected, method);
    }

    public static IEnumerable<object[]> Methods
        => [["Idec", new[] { 30, 20 }], ["DdcUco", new[] { 16 }], ["DecUco", new[] { 8, 8, 8, 8 }], ["DeepKMeans", new[] { 40 }]];
}
