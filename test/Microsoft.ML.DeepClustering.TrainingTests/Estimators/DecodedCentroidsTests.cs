using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Estimators;

/// <summary>What the centroids of a model are decoded to.</summary>
[TestClass]
public sealed class DecodedCentroidsTests
{
    private static IEnumerable<string> WithDecoder => MethodNames.OptionTypes.Where(m => m.Value.IsSubclassOf(typeof(AutoencoderFamilyOptions))).Select(m => m.Key);

    public static IEnumerable<object[]> DecodingMethods => WithDecoder.SelectMany(m => new object[][] { [m, true], [m, false] });

    public static IEnumerable<object[]> OtherMethods => MethodNames.OptionTypes.Keys.Except(WithDecoder).Select(m => new object[] { m });

    [TestMethod]
    [DynamicData(nameof(DecodingMethods))]
    public void DecodeCentroids_MultilayerPerceptron_AreTheDecodersOutputsLayerByLayer(string method, bool images)
    {
        using var model = Fit(method, NetworkKind.MultilayerPerceptron, images);
        using var scope = NewDisposeScope();
        var weights = model.Trained.Method.state_dict();
        var expected = Linear("decoder.linear3", Linear("decoder.linear2", Linear("decoder.linear1", Linear("expansion.linear", weights["centroids"]).relu()).relu()).relu());
        var decoded = model.DecodeCentroids();
        Assert.HasCount(TestRows.Clusters, decoded);
        var rows = TestTensors.Values(expected).Chunk((int)expected.shape[1]).ToArray();
        for (var j = 0; j < rows.Length; j++)
        {
            Assert.HasCount(rows[j].Length, decoded[j]);
            for (var i = 0; i < rows[j].Length; i++)
                Assert.AreEqual(rows[j][i], decoded[j][i], 1e-5 + 1e-4 * Math.Abs(rows[j][i]));
        }

        Tensor Linear(string name, Tensor input) => input.matmul(weights[$"autoencoder.{name}.weight"].transpose(0, 1)).Plus(weights[$"autoencoder.{name}.bias"]);
    }

    [TestMethod]
    [DynamicData(nameof(OtherMethods))]
    public void DecodeCentroids_MethodWithoutDecoder_IsEmpty(string method)
    {
        using var model = Fit(method, NetworkKind.Auto, images: true);
        Assert.IsEmpty(model.DecodeCentroids());
    }

    [TestMethod]
    public void DecodeCentroids_ImagesThatWereEnlarged_HaveTheSizeOfTheFeatures()
    {
        var ml = new MLContext(seed: 1);
        using var model = TestMethods.Trainer(ml, "Idec").Fit(TestVectors.View(ml, TestVectors.Make(12, 1 * 10 * 12), [1, 10, 12]));
        var decoded = model.DecodeCentroids();
        Assert.HasCount(TestRows.Clusters, decoded);
        foreach (var image in decoded)
        {
            Assert.HasCount(120, image);
            Assert.IsTrue(image.All(float.IsFinite));
        }
    }

    [TestMethod]
    public void DecodeCentroids_InterleavedFeatures_HaveTheirLayout()
    {
        // The same images twice: channel by channel, and pixel by pixel.
        var planar = TestVectors.Make(12, 3 * 4 * 5);
        var interleaved = Array.ConvertAll(planar, row => Enumerable.Range(0, 60).Select(i => row[i % 3 * 20 + i / 3]).ToArray());
        var first = Decoded(planar, new(3, 4, 5));
        var second = Decoded(interleaved, new(3, 4, 5, Interleaved: true));
        for (var j = 0; j < first.Count; j++)
            CollectionAssert.AreEqual(Enumerable.Range(0, 60).Select(i => first[j][i % 3 * 20 + i / 3]).ToArray(), second[j].ToArray());

        static IReadOnlyList<float[]> Decoded(float[][] rows, ImageShape shape)
        {
            var ml = new MLContext(seed: 1);
            var options = TestMethods.Options("Idec");
            (options.ImageShape, options.Network) = (shape, NetworkKind.MultilayerPerceptron);
            using var model = TestMethods.Trainer(ml, options).Fit(TestVectors.View(ml, rows, [60]));
            return model.DecodeCentroids();
        }
    }

    [TestMethod]
    public void DecodeCentroids_AfterSavingAndLoading_AreTheSame()
    {
        var ml = new MLContext(seed: 1);
        using var model = Fit("DynamicAutoencoder", NetworkKind.MultilayerPerceptron, images: true);
        using var stream = new MemoryStream();
        ml.Model.Save(model, null, stream);
        stream.Position = 0;
        using var loaded = (DeepClusteringTransformer)ml.Model.Load(stream, out _);
        var decoded = loaded.DecodeCentroids();
        foreach (var (before, after) in model.DecodeCentroids().Zip(decoded))
            CollectionAssert.AreEqual(before, after);
    }

    [TestMethod]
    public void DecodeCentroids_AfterDisposal_SaysSo()
    {
        var model = Fit("Idec", NetworkKind.MultilayerPerceptron, images: false);
        model.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => model.DecodeCentroids());
    }

    private static DeepClusteringTransformer Fit(string method, NetworkKind network, bool images)
    {
        var ml = new MLContext(seed: 1);
        var options = TestMethods.Options(method, epochs: 1);
        options.Network = network;
        return TestMethods.Trainer(ml, options).Fit(TestRows.View(ml, Trainings.MakeRows(images), images));
    }
}
