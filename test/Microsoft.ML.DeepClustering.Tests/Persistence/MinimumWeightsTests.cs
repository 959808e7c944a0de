using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Persistence;

/// <summary>The bound refuses no model that the library makes, and what it lets pass is at most a few times larger.</summary>
[TestClass]
public sealed class MinimumWeightsTests
{
    // The layers of fixed size, those of both networks and their mirrors.
    private const long Fixed = 3_000_000;

    public static IEnumerable<object[]> Methods => MethodNames.OptionTypes.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void MinimumWeights_AnyShapeAndSize_IsBelowTheWeightsAndNear(string method)
    {
        long[][] shapes = [[1], [3], [5000], [1, 24, 24], [1, 25, 31], [3, 32, 40], [64, 24, 24], [1, 1, 1], [1, 3, 200], [1, 120, 120]];
        foreach (var shape in shapes)
        {
            foreach (var (clusters, size) in ((int, int?)[])[(2, null), (300, null), (3, 1), (3, 200)])
            {
                var options = TestMethods.Options(method);
                options.NumberOfClusters = clusters;
                if (options is AutoencoderFamilyOptions family)
                    family.EmbeddingSize = size;
                if (options is DepictOptions depict)
                    depict.EmbeddingSize = size;
                var input = new InputShape(shape);
                using var made = options.CreateMethod(input);
                var weights = made.state_dict().Values.Sum(t => t.numel());
                var minimum = options.MinimumWeights(input);
                var what = $"{input}, {clusters} clusters, embeddings of {size}: {weights} weights";
                Assert.IsLessThanOrEqualTo(weights, (long)minimum, what);
                Assert.IsLessThanOrEqualTo((2 * (long)minimum) + Fixed, weights, what);
                // But for the layers of fixed size and for what the mirror has no counterpart of.
                Assert.IsLessThanOrEqualTo(weights + 5_000, (long)(minimum + options.MirroredWeights(input)), what);
                Assert.IsLessThanOrEqualTo((3 * (long)(minimum + options.MirroredWeights(input)) / 2) + Fixed, weights, what);
            }
        }
    }

    [TestMethod]
    public void SizeWarning_MoreWeightsThanAFileHolds_SaysSo()
    {
        var options = new DecOptions { HiddenLayers = [20_000, 25_000] };
        Assert.IsNull(ModelFile.SizeWarning(new DecOptions { HiddenLayers = [10_000, 12_000] }, new InputShape([100])));
        var warning = ModelFile.SizeWarning(options, new InputShape([20_000]));
        StringAssert.Contains(warning, "has weights of about 6.7 GiB, and a file holds 2 GiB: the model can score in this program and cannot be saved. Lower HiddenLayers (20000, 25000) or EmbeddingSize (10), or make the samples smaller.");
        Assert.IsNull(ModelFile.SizeWarning(new DecOptions(), new InputShape([784])));
        // 500 units from each feature and 500 back to it.
        Assert.IsNull(ModelFile.SizeWarning(new DecOptions(), new InputShape([500_000])));
        StringAssert.Contains(ModelFile.SizeWarning(new DecOptions(), new InputShape([540_000])), "Lower HiddenLayers (null: 500, 500, 2000) or EmbeddingSize (10), or make the samples smaller.");
        var elsewhere = Assert.ThrowsExactly<InvalidOperationException>(() => ModelFile.SizeWarning(new DecOptions { RunExecutor = new ChildProcessExecutor() }, new InputShape([540_000])));
        StringAssert.Contains(elsewhere.Message, "the runs of a RunExecutor, which end in files, would fail. Lower HiddenLayers");
    }

    [TestMethod]
    public void MinimumWeights_SizesWhoseProductOverflows_IsLarge()
    {
        var options = new DecOptions { NumberOfClusters = int.MaxValue, EmbeddingSize = int.MaxValue };
        Assert.IsGreaterThan((Int128)long.MaxValue / 4, options.MinimumWeights(new InputShape([1, 1, int.MaxValue])));
        Assert.IsGreaterThan((Int128)int.MaxValue * 100, options.MinimumWeights(new InputShape([int.MaxValue])));
    }

    [TestMethod]
    public void Read_OptionsThatATrainingWouldRefuse_IsDamage()
    {
        var ml = new MLContext(seed: 1);
        using var model = TestMethods.Trainer(ml, TestMethods.Options("Idec")).Fit(TestRows.View(ml, TestRows.Make(60), images: true));
        var entries = ModelFile.Write(model.Trained).ToDictionary(e => e.Name, e => e.Content);
        TinyModel.Read(entries).Dispose();
        var options = System.Text.Json.Nodes.JsonNode.Parse(entries[TinyModel.Options])!;
        options["Options"]!["LayerwiseEpochs"] = 1;
        entries[TinyModel.Options] = System.Text.Encoding.UTF8.GetBytes(options.ToJsonString());
        Forgery.IsRefused(TinyModel.Sealed(entries), "Options.json is damaged", "LayerwiseEpochs is 1, but images get the convolutional network");
    }

    [TestMethod]
    public void MinimumWeights_ConvolutionsOfAVector_Throws()
    {
        var options = new DdcOptions { Network = NetworkKind.Convolutional };
        Assert.ThrowsExactly<ArgumentException>(() => options.MinimumWeights(new InputShape([10])));
        Forgery.IsRefused(
            TinyModel.Trained.With(TinyModel.Options, o =>
            {
                o["Shape"] = new System.Text.Json.Nodes.JsonArray(576);
                o["Options"]!["ImageShape"] = null;
                o["Options"]!["Network"] = "Convolutional";
            }),
            "Options.json is damaged", "Network is Convolutional, but the features are a flat vector");
    }
}
