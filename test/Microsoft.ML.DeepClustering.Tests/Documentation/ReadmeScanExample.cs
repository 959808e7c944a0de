using Microsoft.ML.DeepClustering.Networks;

namespace Microsoft.ML.DeepClustering.Tests.Documentation;

/// <summary>The example of the README's section on the number of clusters.</summary>
internal static class ReadmeScanExample
{
    public static DeepClusteringTrainer Run(MLContext ml, IDataView data, Action<string> print)
    {
        // <example>
        var normalized = ml.Transforms.NormalizeMinMax("Features").Fit(data).Transform(data);
        var options = new AutoencoderKMeansOptions { Network = NetworkKind.MultilayerPerceptron, PretrainingEpochs = 10, BatchSize = 50 };
        var scan = ml.Clustering.ScanNumberOfClusters(normalized, options, from: 2, to: 6);
        print(scan.Reason);
        var trainer = ml.Clustering.Trainers.Idec(numberOfClusters: scan.SuggestedNumberOfClusters ?? 3);
        // </example>
        return trainer;
    }
}
