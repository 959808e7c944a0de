using Microsoft.ML.DeepClustering.Onnx;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Data;

/// <summary>What is done to features before a network takes them, the same in training and in scoring.</summary>
/// <param name="Apply">Features (n, input shape) -> what the network takes, (n, ...). The result belongs to the dispose scope of the call.</param>
/// <param name="Export">The same in an ONNX graph.</param>
/// <param name="Notes">What the user should know of it, a line each.</param>
internal sealed record InputPreparation(Func<Tensor, Tensor> Apply, Func<OnnxValue, OnnxValue> Export, IReadOnlyList<string> Notes)
{
    /// <summary>The network takes the features as they are.</summary>
    public static InputPreparation None { get; } = new(features => features, features => features, []);
}
