using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Tests.Onnx;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Networks;

/// <summary>Batch normalisation with either constants.</summary>
[TestClass]
public sealed class BatchNormalizationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(NormalizationConstants.PyTorch, 1e-5, 0.1)]
    [DataRow(NormalizationConstants.Keras, 1e-3, 0.01)]
    public void Forward_Batches_AreThePapersFormula(NormalizationConstants constants, double epsilon, double share)
    {
        using var scope = NewDisposeScope();
        using var normalization = new BatchNormalization(2, constants);
        // Of a variance that ε is not small beside.
        var batches = Enumerable.Range(1, 3).Select(i => TestTensors.Noise(7, 2).Plus(i).Times(0.02 * i).to(ScalarType.Float32)).ToArray();
        var (means, variances) = (new double[2], new[] { 1.0, 1.0 });
        foreach (var batch in batches)
        {
            var values = TestTensors.Values(batch);
            var normalized = TestTensors.Values(normalization.forward(batch));
            for (var feature = 0; feature < 2; feature++)
            {
                var column = values.Where((_, i) => i % 2 == feature).ToArray();
                var mean = column.Average();
                var squares = column.Sum(v => (v - mean) * (v - mean));
                var expected = Array.ConvertAll(column, v => (v - mean) / Math.Sqrt((squares / 7) + epsilon));
                for (var i = 0; i < 7; i++)
                    Assert.AreEqual(expected[i], normalized[(2 * i) + feature], 1e-4);
                means[feature] += share * (mean - means[feature]);
                variances[feature] += share * ((squares / 6) - variances[feature]);
            }
        }

        normalization.eval();
        var scored = TestTensors.Values(normalization.forward(batches[0]));
        var raw = TestTensors.Values(batches[0]);
        for (var i = 0; i < raw.Length; i++)
            Assert.AreEqual((raw[i] - means[i % 2]) / Math.Sqrt(variances[i % 2] + epsilon), scored[i], 1e-5);
    }

    [TestMethod]
    [DataRow("DdcAutoencoder", 4)]
    [DataRow("Idec", 3)]
    public void Fit_KerasConstants_AreInAllLayersAndInTheFile(string method, int layers)
    {
        using var folder = new TemporaryFolder();
        var rows = OnnxRows.Make(TestRows.Side * TestRows.Side);
        var data = OnnxRows.View(_ml, rows, [1, TestRows.Side, TestRows.Side]);
        var options = TestMethods.Options(method, epochs: 1);
        var other = options.Copy();
        options.Normalization = NormalizationConstants.Keras;
        using var model = TestMethods.Trainer(_ml, options).Fit(data);
        using var former = TestMethods.Trainer(_ml, other).Fit(data);
        CollectionAssert.AreNotEqual(Embeddings(former, data), Embeddings(model, data));
        // Those of the decoder too.
        var normalizations = model.Trained.Method.modules().OfType<BatchNormalization>().ToArray();
        Assert.HasCount(layers, normalizations);
        Array.ForEach(normalizations, HasKerasEpsilon);
        _ml.Model.Save(model, data.Schema, folder.File("model.zip"));
        using var loaded = (DeepClusteringTransformer)_ml.Model.Load(folder.File("model.zip"), out _);
        Assert.AreEqual(NormalizationConstants.Keras, loaded.Trained.Options.Normalization);
        CollectionAssert.AreEqual(Embeddings(model, data), Embeddings(loaded, data));
        using var onnx = new OnnxModel(_ml, model, data);
        onnx.Run(rows, OnnxRows.Count).AreClose(OnnxOutputs.Read(model.Transform(data)), method);
    }

    // By what scoring makes of zeros: shift - scale * mean / sqrt(variance + ε).
    private static void HasKerasEpsilon(BatchNormalization layer)
    {
        using var scope = NewDisposeScope();
        var state = layer.state_dict();
        layer.eval();
        var expected = state["bias"] - (state["weight"] * state["running_mean"] / state["running_var"].Plus(1e-3).sqrt());
        TestTensors.AreClose(TestTensors.Values(expected), layer.forward(zeros(1, state["bias"].shape[0])), 1e-6);
    }

    private static float[] Embeddings(DeepClusteringTransformer model, IDataView data) => model.Transform(data).GetColumn<float[]>("Embedding").SelectMany(e => e).ToArray();
}
