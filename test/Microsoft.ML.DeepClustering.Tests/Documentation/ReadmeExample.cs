using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Tests.Documentation;

/// <summary>The example of the README. What stands between the marks is compared with it, and run.</summary>
internal static class ReadmeExample
{
    private const int Side = 24;

    public static void Run(Action<string> print, string path)
    {
        // <example>
        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadFromEnumerable(DrawDiscs(count: 300));    // Features: a vector of dimensions (1, 24, 24)
        var pipeline = ml.Transforms.NormalizeMinMax("Features")
            .Append(ml.Clustering.Trainers.DdcUco(new DdcUcoOptions
            {
                NumberOfClusters = 3, NumberOfEpochs = 10, NumberOfRuns = 3, BatchSize = 50, LearningRate = 1e-3,
            }));
        var model = pipeline.Fit(data);                                    // no labels needed
        var scored = model.Transform(data);                                // PredictedLabel, Score, Probability, Embedding
        var metrics = ml.Clustering.EvaluateDeepClustering(scored, labelColumnName: "Label");
        print($"ACC {metrics.Accuracy:0.00}, NMI {metrics.NormalizedMutualInformation:0.00}, clusters of {string.Join(", ", metrics.ClusterSizes)}");
        ml.Model.SaveAtomically(model, data.Schema, path);                 // an ordinary ML.NET model file
        var engine = ml.Model.CreatePredictionEngine<Image, Clustered>(ml.Model.Load(path, out _));
        print($"probability of the cluster of a new image: {engine.Predict(DrawDiscs(count: 1)[0]).Probability.Max():0.00}");
        // </example>
    }

    public static void RunMismatch(Action<string> print)
    {
        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadFromEnumerable(DrawDiscs(count: 300));
        // <example>
        using var recorded = ml.Clustering.Trainers.DdcUco(new DdcUcoOptions
        {
            NumberOfClusters = 3, NumberOfEpochs = 10, BatchSize = 50, LearningRate = 1e-3,
            RecordMismatch = true, RecordPerformance = true,               // with LabelColumnName = "Label" also ACC, NMI, ARI
        }).Fit(data);
        var run = recorded.History.BestRun;                                // saved with the model
        foreach (var epoch in run.Epochs)
            print($"epoch {epoch.Epoch}: OFM {epoch.Mismatch!.ObjectiveFunctionMismatch:0.00}, silhouette {epoch.Performance![PerformanceMeasure.Silhouette]:0.00}");
        var relative = RelativeMismatch.Of(run, PerformanceMeasure.Silhouette, degree: 2);
        print($"R-OFM: slope {relative.Slope:0.00}, R² {relative.RSquared:0.00}");
        // </example>
    }

    // A disc in one of three places, moved a little each time, under noise.
    internal static Image[] DrawDiscs(int count)
    {
        (int Row, int Column)[] places = [(7, 7), (7, 17), (16, 12)];
        var random = new Random(count);
        return Enumerable.Range(0, count).Select(i =>
        {
            var (row, column) = (places[i % 3].Row + random.Next(-2, 3), places[i % 3].Column + random.Next(-2, 3));
            var pixels = new float[Side * Side];
            for (var p = 0; p < pixels.Length; p++)
                pixels[p] = (Math.Pow(p / Side - row, 2) + Math.Pow(p % Side - column, 2) < 20 ? 1 : -1) + 0.5f * (float)random.NextDouble();
            return new Image { Features = pixels, Label = i % 3 };
        }).ToArray();
    }

    internal sealed class Image
    {
        [VectorType(1, Side, Side)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }

    internal sealed class Clustered
    {
        public float[] Probability { get; set; } = [];
    }
}
