namespace Microsoft.ML.DeepClustering.Tests.Documentation;

/// <summary>The README's program for a GPU, several runs and checkpoints.</summary>
internal static class LongTrainingExample
{
    public static TrainingHistory Run(MLContext ml, IDataView data, CancellationToken stop, ExampleConsole Console)
    {
        // <example>
        (ml.GpuDeviceId, ml.FallbackToCpu) = (0, true);           // the first NVIDIA GPU; where there is none, a warning in the log and the CPU
        var options = new DdcOptions { NumberOfClusters = 3, NumberOfEpochs = 20, NumberOfRuns = 3, Seed = 1, CheckpointPath = "discs.checkpoint", CancellationToken = stop };
        using var best = ml.Clustering.Trainers.Ddc(options).Fit(data);
        Console.WriteLine($"lowest losses: {string.Join(", ", best.History.Runs.Select(r => $"{r.LowestLoss:0.00}"))}");
        // lowest losses: 0.74, 0.69, 0.69
        // </example>
        return best.History;
    }
}
