using System.Globalization;
using System.IO.Compression;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Training;

/// <summary>Whole runs on real images: the 1,797 handwritten digits that ship with the sample QuickStart, 8 x 8 pixels, 10 classes.</summary>
[TestClass]
public sealed class RealImagesTests
{
    // Of clusters drawn at random the accuracy is about 0.13 and the mutual information about 0.01. Seeds 1 to 3 of the methods gave 0.60 to
    // 0.86 and 0.66 to 0.79.
    private const double Least = 0.5;

    private static readonly MLContext Ml = new(seed: 1);
    private static readonly TestRow[] Digits = Read();

    public static IEnumerable<object[]> Methods => MethodNames.OptionTypes.Keys.Select(name => new object[] { name });

    [TestMethod]
    [TestCategory("Slow")]
    [DynamicData(nameof(Methods))]
    public void Fit_Digits_FindsThemAndSurvivesSaving(string method)
    {
        using var model = TestMethods.Trainer(Ml, Options(method)).Fit(View());
        // The last stage of DEPICT begins at what the stage before has reached, and dropout hides the rest.
        foreach (var phase in model.History.BestRun.Epochs.GroupBy(e => e.Phase).Where(p => method != "Depict" || p.Key != "clustering"))
            Assert.IsLessThan(phase.First().TotalLoss, phase.Last().TotalLoss, phase.Key);
        var scored = model.Transform(View());
        var metrics = Ml.Clustering.EvaluateDeepClustering(scored, "Label");
        Assert.IsGreaterThan(Least, metrics.Accuracy);
        Assert.IsGreaterThan(Least, metrics.NormalizedMutualInformation);

        using var stream = new MemoryStream();
        Ml.Model.Save(model, View().Schema, stream);
        stream.Position = 0;
        using var loaded = (DeepClusteringTransformer)new MLContext().Model.Load(stream, out _);
        CollectionAssert.AreEqual(Labels(scored), Labels(loaded.Transform(View())));

        static uint[] Labels(IDataView view) => [.. view.GetColumn<uint>("PredictedLabel")];
    }

    private static DeepClusteringOptions Options(string method)
    {
        var options = TestMethods.Options(method, epochs: 4);
        (options.NumberOfClusters, options.BatchSize, options.Seed) = (10, 128, 1);
        if (options is AutoencoderFamilyOptions autoencoder)
            (autoencoder.Network, autoencoder.PretrainingEpochs, autoencoder.PretrainingLearningRate) = (NetworkKind.MultilayerPerceptron, 12, 1e-3);
        else
            (options.LearningRate, options.Network) = (1e-3, NetworkKind.MultilayerPerceptron);
        // Its embedding takes longer to tell the digits apart than those that Glorot's initial weights begin with.
        if (options is DynamicAutoencoderOptions dynamic)
            (dynamic.PretrainingEpochs, dynamic.Augmentation) = (40, null);
        return options;
    }

    private static IDataView View() => Ml.Data.LoadFromEnumerable(Digits, TestRows.Schema(1, 8, 8));

    // 64 values of 0 to 16 and the digit.
    private static TestRow[] Read()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "digits.csv.gz"));
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        return [.. text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(',').Select(v => float.Parse(v, CultureInfo.InvariantCulture)).ToArray())
            .Select(row => new TestRow { Features = [.. row[..64].Select(v => v / 16)], Label = row[64] })];
    }
}
