namespace Microsoft.ML.DeepClustering.Training;

/// <summary>The result of a training.</summary>
/// <param name="Method">The method of the best run; the caller frees it.</param>
/// <param name="History">The records of all runs.</param>
/// <param name="Options">Those of the method: of the training, but with as many clusters as are left.</param>
internal sealed record TrainedMethod(ClusteringMethod Method, TrainingHistory History, DeepClusteringOptions Options);
