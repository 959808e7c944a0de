using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Metrics.Partition;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Tests.Support;
using Samples;

namespace Microsoft.ML.DeepClustering.Tests.Training;

/// <summary>A whole run on real images: Fashion-MNIST, where Debian's package dataset-fashion-mnist is installed.</summary>
[TestClass]
public sealed class RealImagesTests
{
    private const string Folder = "/usr/share/datasets/fashion-mnist";

    [TestMethod]
    [TestCategory("Slow")]
    public void DdcUco_FashionMnist_FindsMoreThanChanceAndSurvivesSaving()
    {
        var options = new DdcUcoOptions { NumberOfClusters = 10, NumberOfEpochs = 12, LearningRate = 1e-3, Companion = new() { Tap = FirstBlockTap.AfterPooling }, Seed = 1 };
        FindsMoreThanChanceAndSurvivesSaving(options, rows: 600, accuracy: 0.3);
    }

    public static IEnumerable<object[]> CentroidMethods => MethodNames.OptionTypes
        .Where(m => m.Value.IsSubclassOf(typeof(AutoencoderFamilyOptions))).Select(m => new object[] { m.Key });

    [TestMethod]
    [TestCategory("Slow")]
    [DynamicData(nameof(CentroidMethods))]
    public void CentroidMethod_FashionMnist_FindsMoreThanChanceAndSurvivesSaving(string method)
    {
        var options = (AutoencoderFamilyOptions)Activator.CreateInstance(MethodNames.OptionTypes[method])!;
        (options.NumberOfClusters, options.Network, options.Seed) = (10, NetworkKind.MultilayerPerceptron, 1);
        (options.PretrainingEpochs, options.PretrainingLearningRate, options.BatchSize) = (12, 1e-3, 128);
        options.NumberOfEpochs = options is AutoencoderKMeansOptions ? 0 : 4;
        FindsMoreThanChanceAndSurvivesSaving(options, rows: 1000, accuracy: 0.4);
    }

    private static void FindsMoreThanChanceAndSurvivesSaving(DeepClusteringOptions options, int rows, double accuracy)
    {
        var images = Path.Combine(Folder, "t10k-images-idx3-ubyte.gz");
        // The data are a package of their own; a machine without it has nothing to run this on.
        if (!File.Exists(images))
            Assert.Inconclusive($"{images} is missing; install dataset-fashion-mnist.");
        var set = ImageFiles.ReadIdx(images, Path.Combine(Folder, "t10k-labels-idx1-ubyte.gz")).Take(rows);
        var ml = new MLContext(seed: 1);
        var schema = TestRows.Schema(1, set.Height, set.Width);
        var view = ml.Data.LoadFromEnumerable(set.Pixels.Zip(set.Labels, (p, l) => new TestRow { Features = p, Label = l }).ToArray(), schema);
        var model = TestMethods.Trainer(ml, options).Fit(view);

        foreach (var phase in model.History.BestRun.Epochs.GroupBy(e => e.Phase))
            Assert.IsLessThan(phase.First().TotalLoss, phase.Last().TotalLoss, phase.Key);
        var metrics = ml.Clustering.EvaluateDeepClustering(model.Transform(view));
        Assert.IsGreaterThan(accuracy, metrics.Accuracy);
        Assert.IsGreaterThan(accuracy, metrics.NormalizedMutualInformation);

        using var stream = new MemoryStream();
        ml.Model.Save(model, view.Schema, stream);
        stream.Position = 0;
        var loaded = new MLContext().Model.Load(stream, out _);
        CollectionAssert.AreEqual(
            model.Transform(view).GetColumn<uint>("PredictedLabel").ToArray(), loaded.Transform(view).GetColumn<uint>("PredictedLabel").ToArray());
    }
}
