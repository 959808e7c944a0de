using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>What a network makes of a batch.</summary>
/// <param name="Features">The last output, vectorised: (n, features).</param>
/// <param name="Blocks">The outputs y^1 ... y^B of its blocks, where companion objectives attach: each (n, ...).</param>
internal readonly record struct NetworkOutput(Tensor Features, IReadOnlyList<Tensor> Blocks);
