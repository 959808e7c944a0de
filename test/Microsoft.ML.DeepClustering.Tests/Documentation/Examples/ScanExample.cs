namespace Microsoft.ML.DeepClustering.Tests.Documentation;

/// <summary>The README's program that chooses the number of clusters.</summary>
internal static class ScanExample
{
    public static void Run(MLContext ml, IDataView data, ExampleConsole Console)
    {
        // <example>
        var scan = ml.Clustering.ScanNumberOfClusters(data, new AutoencoderKMeansOptions { PretrainingEpochs = 20 }, from: 2, to: 6);
        Console.WriteLine(scan.Reason);
        // 3 clusters have the highest product of silhouette, 0.70, and stability, 1.00.
        // </example>
    }
}
