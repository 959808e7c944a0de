using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>The rows of a step.</summary>
/// <param name="Rows">Prepared features, (n, ...).</param>
/// <param name="Seen">What the network sees, (n, ...): augmented images in training, the rows themselves in evaluation.</param>
/// <param name="Indices">The rows' numbers in the data from 0, (n) of int64.</param>
/// <param name="Weights">How much each row counts, (n), above 0 and 1 in the mean of all data; null where all count alike.</param>
internal readonly record struct TrainingBatch(Tensor Rows, Tensor Seen, Tensor Indices, Tensor? Weights = null);
