namespace Microsoft.ML.DeepClustering.Onnx;

/// <summary>What a method's graph computes for n rows: the counterpart of a method's assignment.</summary>
/// <param name="Embedding">(n, p).</param>
/// <param name="Distances">(n, k); the smallest is the assigned cluster's.</param>
/// <param name="Probabilities">(n, k); rows sum to 1.</param>
internal readonly record struct OnnxAssignment(OnnxValue Embedding, OnnxValue Distances, OnnxValue Probabilities);
