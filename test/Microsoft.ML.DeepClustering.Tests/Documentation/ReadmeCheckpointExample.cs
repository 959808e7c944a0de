namespace Microsoft.ML.DeepClustering.Tests.Documentation;

/// <summary>The example of the README's section on long trainings.</summary>
internal static class ReadmeCheckpointExample
{
    public static TrainingHistory Run(MLContext ml, IDataView data, CancellationToken stop)
    {
        // <example>
        using var model = ml.Clustering.Trainers.Ddc(new DdcOptions
        {
            NumberOfClusters = 3, NumberOfEpochs = 10, BatchSize = 50, Seed = 1,
            CheckpointPath = "discs.checkpoint", CancellationToken = stop,
        }).Fit(data);
        // </example>
        return model.History;
    }
}
