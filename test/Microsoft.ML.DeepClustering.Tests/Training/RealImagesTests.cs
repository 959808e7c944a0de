using System.Globalization;
using System.IO.Compression;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Training;

/// <summary>Whole runs on real images: the 1,797 handwritten digits that ship with the sample QuickStart, 8 x 8 pixels, 10 classes.</summary>
[TestClass]
public sealed class RealImagesTests
{
    private static readonly MLContext Ml = new(seed: 1);
    private static readonly TestRow[] Digits = Read();

    public static IEnumerable<object[]> Methods => MethodNames.OptionTypes.Keys.Select(name => new object[] { name });

    [TestMethod]
    [TestCategory("Slow")]
    [DynamicData(nameof(Methods))]
    public void Fit_Digits_FindsThemAndSurvivesSaving(string method)
    {
        for (var seed = 1; seed <= 3; seed++)
        {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var options = Options(method);
        options.Seed = seed;
        using var model = TestMethods.Trainer(Ml, options).Fit(View());
        foreach (var phase in model.History.BestRun.Epochs.GroupBy(e => e.Phase))
            Console.WriteLine($"{method} {phase.Key} {phase.First().TotalLoss} {phase.Last().TotalLoss}");
        var metrics = Ml.Clustering.EvaluateDeepClustering(model.Transform(View()));
        Console.WriteLine($"REAL {method} {seed} {metrics.Accuracy:0.000} {metrics.NormalizedMutualInformation:0.000} {metrics.AdjustedRandIndex:0.000} {watch.Elapsed.TotalSeconds:0.0} s");
        }
    }

    private static DeepClusteringOptions Options(string method)
    {
        var options = TestMethods.Options(method, epochs: 4);
        (options.NumberOfClusters, options.BatchSize, options.Seed) = (10, 128, 1);
        if (options is AutoencoderFamilyOptions autoencoder)
            (autoencoder.Network, autoencoder.PretrainingEpochs, autoencoder.PretrainingLearningRate) = (NetworkKind.MultilayerPerceptron, 12, 1e-3);
        else
            (options.LearningRate, options.Network) = (1e-3, NetworkKind.MultilayerPerceptron);
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
