namespace Microsoft.ML.DeepClustering.Training;

/// <summary>What a training gives.</summary>
/// <param name="Method">The method of the best run; the caller frees it.</param>
/// <param name="History">The course of all runs.</param>
internal sealed record TrainedMethod(ClusteringMethod Method, TrainingHistory History);
