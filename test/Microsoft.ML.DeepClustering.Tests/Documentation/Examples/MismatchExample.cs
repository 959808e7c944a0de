namespace Microsoft.ML.DeepClustering.Tests.Documentation;

/// <summary>The README's program that records the mismatch of two objectives.</summary>
internal static class MismatchExample
{
    public static void Run(MLContext ml, IDataView data, ExampleConsole Console)
    {
        // <example>
        var options = new DdcUcoOptions { NumberOfClusters = 3, NumberOfEpochs = 20, Seed = 1, RecordMismatch = true, RecordPerformance = true };
        var history = ml.Clustering.Trainers.DdcUco(options).Fit(data).History.BestRun; // the history is saved with the model
        var relative = RelativeMismatch.Compute(history, PerformanceMeasure.Silhouette);
        Console.WriteLine($"OFM {history.Epochs[^1].Mismatch!.ObjectiveFunctionMismatch:0.00}; R-OFM: slope {relative.Slope:0.00}, R² {relative.RSquared:0.00}");
        // OFM 0.40; R-OFM: slope -1.19, R² 0.98
        // </example>
    }
}
