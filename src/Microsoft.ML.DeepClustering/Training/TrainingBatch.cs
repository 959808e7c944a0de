using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>The rows of a step.</summary>
/// <param name="Rows">As they are, (n, ...).</param>
/// <param name="Seen">As the network is to see them, (n, ...): changed images in training, the rows themselves in evaluation.</param>
/// <param name="Indices">The rows' numbers in the data, (n).</param>
internal readonly record struct TrainingBatch(Tensor Rows, Tensor Seen, Tensor Indices);
