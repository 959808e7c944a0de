namespace Microsoft.ML.DeepClustering.Orleans.Grains;

/// <summary>Where a run stands on its silo.</summary>
internal enum RunState
{
    /// <summary>It waits for the trainings before it on this silo.</summary>
    Waiting,

    /// <summary>It is being trained.</summary>
    Training,

    /// <summary>Its finished checkpoint lies in the storage.</summary>
    Finished,

    /// <summary>It cannot be made; <see cref="RunStatus.Fault"/> says why.</summary>
    Failed,

    /// <summary>It was cancelled, or its silo stops.</summary>
    Cancelled,

    /// <summary>The silo has no workers: AddDeepClusteringWorkers was not called there.</summary>
    NoWorkers,
}
