using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Scoring;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Onnx;

/// <summary>Pipelines, inputs and options that shape the ONNX graph of a model.</summary>
[TestClass]
public sealed class OnnxExportTests
{
    private readonly MLContext _ml = new(seed: 1);

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public void ConvertToOnnx_OneModel_HasTheFeaturesAsItsOnlyInput()
    {
        var data = OnnxRows.View(_ml, OnnxRows.Make(6), 6);
        using var model = TestMethods.Trainer(_ml, "AutoencoderKMeans").Fit(data);
        using var onnx = new OnnxModel(_ml, model, data);
        CollectionAssert.AreEqual(new[] { "Features" }, onnx.Session.InputMetadata.Keys.ToArray());
        CollectionAssert.AreEquivalent(
            new[] { "Features.output", "PredictedLabel.output", "Score.output", "Probability.output", "Embedding.output" }, onnx.Session.OutputMetadata.Keys.ToArray());
    }

    [TestMethod]
    [DataRow("Idec", false)]
    [DataRow("DdcAutoencoder", true)]
    public void ConvertToOnnx_BehindANormalizer_TakesRawFeatures(string method, bool images)
    {
        var options = TestMethods.Options(method, epochs: 1);
        if (images)
            options.ImageShape = new ImageShape(1, 24, 24);
        var size = images ? 24 * 24 : 6;
        var rows = Array.ConvertAll(OnnxRows.Make(size), r => Array.ConvertAll(r, v => 300 * v + 7));
        Check(_ml.Transforms.NormalizeMinMax("Features").Append(TestMethods.Trainer(_ml, options)), rows, size);
    }

    [TestMethod]
    public void ConvertToOnnx_OtherColumns_PassThroughTheGraph()
    {
        var data = TestRows.View(_ml, TestRows.Make(30, size: 6), images: false);
        using var model = TestMethods.Trainer(_ml, "DecUco").Fit(data);
        using var stream = new MemoryStream(OnnxModel.Convert(_ml, model, data));
        using var transformer = _ml.Transforms.ApplyOnnxModel(stream).Fit(data);
        var scored = transformer.Transform(data);
        OnnxOutputs.Read(scored).AreClose(OnnxOutputs.Read(model.Transform(data)), "all columns");
        CollectionAssert.AreEqual(
            data.GetColumn<string>("Name").ToArray(), scored.GetColumn<ReadOnlyMemory<char>[]>("Name").Select(n => n.Single().ToString()).ToArray());
    }

    [TestMethod]
    public void ConvertToOnnx_ScoresBehindTheModel_AreConvertedToo()
    {
        var data = OnnxRows.View(_ml, OnnxRows.Make(6), 6);
        var model = TestMethods.Trainer(_ml, "Dec").Append(_ml.Transforms.Concatenate("Both", "Score", "Embedding")).Fit(data);
        using var onnx = new OnnxModel(_ml, model, data);
        CollectionAssert.AreEqual(new[] { -1, 13 }, onnx.Session.OutputMetadata["Both.output"].Dimensions);
        model.Dispose();
    }

    [TestMethod]
    [DataRow("Ddc")]
    [DataRow("Centering")]
    public void ConvertToOnnx_TwoClustersInOneDimension_GivesWhatTransformGives(string method)
    {
        var options = TestMethods.Options(method);
        options.NumberOfClusters = 2;
        if (options is AutoencoderFamilyOptions autoencoder)
            autoencoder.EmbeddingSize = 1;
        Check(TestMethods.Trainer(_ml, options), OnnxRows.Make(1), 1);
    }

    [TestMethod]
    [DataRow("Ddc", 1, 8, 8)]
    [DataRow("Dec", 3, 7, 9)]
    [DataRow("Dec", 1, 1, 2)]
    [DataRow("Dec", 2, 11, 13)]
    [DataRow("Depict", 1, 3, 5)]
    [DataRow("Depict", 2, 9, 13)]
    public void ConvertToOnnx_SmallImages_AreEnlargedAsInTraining(string method, int channels, int height, int width)
    {
        var options = TestMethods.Options(method, epochs: 1);
        options.ImageShape = new ImageShape(channels, height, width);
        Check(TestMethods.Trainer(_ml, options), OnnxRows.Make(channels * height * width), channels * height * width);
    }

    [TestMethod]
    public void ConvertToOnnx_InterleavedImages_AreReadAsInTraining()
    {
        var options = TestMethods.Options("DdcUco", epochs: 1);
        options.ImageShape = new ImageShape(3, 24, 25, Interleaved: true);
        Check(TestMethods.Trainer(_ml, options), OnnxRows.Make(24 * 25 * 3), 24, 25, 3);
    }

    [TestMethod]
    public void ConvertToOnnx_ImagesForThePerceptron_AreFlattened()
    {
        var options = TestMethods.Options("Dcn", epochs: 1);
        options.Network = NetworkKind.MultilayerPerceptron;
        options.ImageShape = new ImageShape(2, 3, 4, Interleaved: true);
        Check(TestMethods.Trainer(_ml, options), OnnxRows.Make(24), 3, 4, 2);
    }

    [TestMethod]
    public void ConvertToOnnx_ColumnOfFourDimensions_IsReadAsAVector()
        => Check(TestMethods.Trainer(_ml, "Idec"), OnnxRows.Make(12), 1, 12, 1, 1);

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void ConvertToOnnx_EveryOperatorSet_GivesWhatTransformGives(bool images)
    {
        var rows = OnnxRows.Make(images ? 576 : 6);
        var data = OnnxRows.View(_ml, rows, images ? [1, 24, 24] : [6]);
        using var model = TestMethods.Trainer(_ml, TestMethods.Options(images ? "Ddc" : "Centering", epochs: 1)).Fit(data);
        var expected = OnnxOutputs.Read(model.Transform(data));
        for (var operatorSet = 9; operatorSet <= 12; operatorSet++)
        {
            using var onnx = new OnnxModel(_ml, model, data, operatorSet);
            onnx.Run(rows, rows.Length).AreClose(expected, $"operator set {operatorSet}");
        }
    }

    [TestMethod]
    public void ConvertToOnnx_SmallImagesInAnOldOperatorSet_AreRefused()
    {
        var data = OnnxRows.View(_ml, OnnxRows.Make(64), 1, 8, 8);
        using var model = TestMethods.Trainer(_ml, TestMethods.Options("Dec", epochs: 1)).Fit(data);
        using var stream = new MemoryStream();
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Model.ConvertToOnnx(model, data, 10, stream));
        StringAssert.Contains(error.Message, "OpSet version 10 is lower");
        StringAssert.Contains(error.Message, "8 x 8");
        StringAssert.Contains(error.Message, "11");
        Assert.AreEqual(0, stream.Length);
        using var onnx = new OnnxModel(_ml, model, data, operatorSet: 11);
    }

    [TestMethod]
    public void ConvertToOnnx_ColumnsWithoutNames_AreLeftOut()
    {
        var options = TestMethods.Options("DynamicAutoencoder");
        (options.PredictedLabelColumnName, options.ScoreColumnName, options.ProbabilityColumnName, options.EmbeddingColumnName) = ("Cluster", null, null, "Features");
        var data = OnnxRows.View(_ml, OnnxRows.Make(6), 6);
        using var model = TestMethods.Trainer(_ml, options).Fit(data);
        using var onnx = new OnnxModel(_ml, model, data);
        CollectionAssert.AreEquivalent(new[] { "Cluster.output", "Features.output" }, onnx.Session.OutputMetadata.Keys.ToArray());
        CollectionAssert.AreEqual(new[] { -1, model.EmbeddingSize }, onnx.Session.OutputMetadata["Features.output"].Dimensions);
    }

    [TestMethod]
    public void ConvertToOnnx_ColumnNamedLikeAVariable_StaysItself()
    {
        var options = TestMethods.Options("Dec");
        options.FeatureColumnName = "DeepClustering.Gemm.1";
        var rows = OnnxRows.Make(6);
        var data = _ml.Transforms.CopyColumns("DeepClustering.Gemm.1", "Features").Append(_ml.Transforms.CopyColumns("DeepClustering.Reshape.1", "Features"))
            .Fit(OnnxRows.View(_ml, rows, 6)).Transform(OnnxRows.View(_ml, rows, 6));
        using var model = TestMethods.Trainer(_ml, options).Fit(data);
        using var onnx = new OnnxModel(_ml, model, data);
        onnx.Run(rows, rows.Length).AreClose(OnnxOutputs.Read(model.Transform(data)), "a column of that name");
        Assert.AreEqual(6, onnx.Session.OutputMetadata["DeepClustering.Reshape.1.output"].Dimensions[1]);
    }

    [TestMethod]
    public void ConvertToOnnx_MethodWithoutAGraph_IsRefused()
    {
        var data = OnnxRows.View(_ml, OnnxRows.Make(6), 6);
        using var model = _ml.Clustering.Trainers.DeepClustering(new ToyOptions { NumberOfClusters = 3 }).Fit(data);
        using var stream = new MemoryStream();
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => _ml.Model.ConvertToOnnx(model, data, stream));
        StringAssert.Contains(error.Message, "can not be fully converted");
        Assert.AreEqual(0, stream.Length);
    }

    // A model of so many features would not fit into the memory of a test.
    [TestMethod]
    [DataRow(1_000_000, true)]
    [DataRow(1_100_000, false)]
    public void OnnxExport_WeightsOfTwoGibibytes_DoNotFit(long features, bool fits)
        => Assert.AreEqual(fits, OnnxExport.Fits(new IdecOptions(), new InputShape([features])));

    [TestMethod]
    public void ConvertToOnnx_DisposedModel_IsRefused()
    {
        var data = OnnxRows.View(_ml, OnnxRows.Make(6), 6);
        var model = TestMethods.Trainer(_ml, "Dec").Fit(data);
        model.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => OnnxModel.Convert(_ml, model, data));
    }

    // Trains, converts and compares.
    private void Check(IEstimator<ITransformer> pipeline, float[][] rows, params int[] dimensions)
    {
        var data = OnnxRows.View(_ml, rows, dimensions);
        var model = pipeline.Fit(data);
        using var onnx = new OnnxModel(_ml, model, data);
        TestContext.WriteLine(onnx.Run(rows, rows.Length).AreClose(OnnxOutputs.Read(model.Transform(data)), string.Join(" x ", dimensions)));
        CollectionAssert.AreEqual(onnx.Bytes, OnnxModel.Convert(_ml, OnnxModel.Reload(_ml, model, data), data), "The loaded model converts to another graph.");
        (model as IDisposable)?.Dispose();
    }
}
