using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Tests.Onnx;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Networks;

/// <summary>Perceptrons whose ReLU lets something of negative values through.</summary>
[TestClass]
public sealed class LeakyRectifierTests
{
    private const double Slope = 0.3;

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Forward_NegativeValues_AreTimesTheSlope()
    {
        using var scope = NewDisposeScope();
        using var leaky = LeakyRectifier.Create(Slope);
        var values = tensor(new[] { -2f, -0.5f, 0f, 3f });
        TestTensors.AreClose([-0.6, -0.15, 0, 3], leaky.forward(values), 1e-7);
        TestTensors.AreClose([-0.6, -0.15, 0, 3], LeakyRectifier.Apply(values, Slope), 1e-7);
        TestTensors.AreClose([0, 0, 0, 3], LeakyRectifier.Apply(values, 0), 0);
        using var plain = LeakyRectifier.Create(0);
        Assert.IsInstanceOfType<ReLU>(plain);
    }

    [TestMethod]
    public void Autoencoder_WithASlope_HasItAfterEachHiddenLayer()
    {
        using var scope = NewDisposeScope();
        using var autoencoder = new Autoencoder(new MultilayerPerceptron(6, [5, 4, 3], Slope), 2);
        using var generator = new Generator(1);
        WeightInitializer.Initialize(autoencoder, WeightInitialization.GlorotUniform, generator);
        var inputs = TestTensors.Noise(9, 6).to(ScalarType.Float32);
        var pairs = autoencoder.LayerPairs();
        var values = inputs;
        foreach (var pair in pairs)
            values = Next(pair.Encoder, values, isLast: pair == pairs[^1]);
        TestTensors.AreClose(TestTensors.Values(values), autoencoder.Encode(inputs).Embedding, 1e-6);
        foreach (var pair in pairs.Reverse())
            values = Next(pair.Decoder, values, isLast: pair == pairs[0]);
        TestTensors.AreClose(TestTensors.Values(values), autoencoder.forward(inputs), 1e-6);

        static Tensor Next(LinearLayer layer, Tensor values, bool isLast)
        {
            var sums = values.mm(layer.state_dict()["weight"].t()).Plus(layer.state_dict()["bias"]);
            return isLast ? sums : where(sums.IsAtLeast(0), sums, sums.Times(Slope));
        }
    }

    [TestMethod]
    [DataRow("Dcn")]
    [DataRow("Vade")]
    public void Fit_WithASlope_TrainsSavesLoadsAndConverts(string method)
    {
        using var folder = new TemporaryFolder();
        var rows = OnnxRows.Make(12);
        var data = OnnxRows.View(_ml, rows, [12]);
        var options = (AutoencoderFamilyOptions)TestMethods.Options(method, epochs: 1);
        options.NegativeSlope = Slope;
        options.LayerwiseEpochs = 1;
        using var model = TestMethods.Trainer(_ml, options).Fit(data);
        var expected = OnnxOutputs.Read(model.Transform(data));
        _ml.Model.Save(model, data.Schema, folder.File("model.zip"));
        using var loaded = (DeepClusteringTransformer)_ml.Model.Load(folder.File("model.zip"), out _);
        Assert.AreEqual(Slope, ((AutoencoderFamilyOptions)loaded.Trained.Options).NegativeSlope);
        CollectionAssert.AreEqual(model.Transform(data).GetColumn<float[]>("Embedding").SelectMany(e => e).ToArray(), loaded.Transform(data).GetColumn<float[]>("Embedding").SelectMany(e => e).ToArray());
        using var onnx = new OnnxModel(_ml, model, data);
        onnx.Run(rows, OnnxRows.Count).AreClose(expected, method);
    }

    [TestMethod]
    public void NetworkChoice_SlopeForTheConvolutionalNetwork_IsRefused()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => new NetworkChoice(NetworkKind.Auto, InputShape.FromImage(new(1, 28, 28)), negativeSlope: 0.01));
        StringAssert.Contains(error.Message, "NegativeSlope is 0.01, but images get the convolutional network");
    }

    [TestMethod]
    [DataRow(-0.1)]
    [DataRow(1)]
    [DataRow(double.NaN)]
    public void Fit_SlopeOutOfRange_IsRefused(double slope)
    {
        var options = (AutoencoderFamilyOptions)TestMethods.Options("Dec");
        options.NegativeSlope = slope;
        var error = Assert.Throws<ArgumentException>(() => TestMethods.Trainer(_ml, options).Fit(OnnxRows.View(_ml, OnnxRows.Make(12), [12])));
        StringAssert.Contains(error.Message, "NegativeSlope");
        StringAssert.Contains(error.Message, "0 to below 1");
    }
}
