using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>What a method computes for a batch of n rows.</summary>
/// <param name="Embedding">(n, p).</param>
/// <param name="Distances">(n, k); the smallest is the assigned cluster's.</param>
/// <param name="Probabilities">(n, k); rows sum to 1.</param>
internal readonly record struct ClusterAssignment(Tensor Embedding, Tensor Distances, Tensor Probabilities);
