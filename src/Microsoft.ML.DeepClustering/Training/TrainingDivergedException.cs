namespace Microsoft.ML.DeepClustering.Training;

/// <summary>Ends a run whose loss is no longer a finite number.</summary>
internal sealed class TrainingDivergedException(string message) : Exception(message);
