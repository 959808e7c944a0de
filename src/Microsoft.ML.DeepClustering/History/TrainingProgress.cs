namespace Microsoft.ML.DeepClustering;

/// <summary>Where a training stands; sent to <see cref="DeepClusteringOptions.Progress"/> after each batch and each epoch.</summary>
/// <param name="Run">1 for the first run.</param>
/// <param name="Runs">The number of runs.</param>
/// <param name="Phase">The name of the phase.</param>
/// <param name="Epoch">The epoch that runs or has just ended, from 1.</param>
/// <param name="Epochs">The largest number of epochs of the phase.</param>
/// <param name="Batch">Batches done in this epoch.</param>
/// <param name="Batches">Batches in an epoch.</param>
/// <param name="Completed">The epoch's measurements once it has ended, else null.</param>
public sealed record TrainingProgress(
    int Run, int Runs, string Phase, int Epoch, int Epochs, int Batch, int Batches, EpochRecord? Completed);
