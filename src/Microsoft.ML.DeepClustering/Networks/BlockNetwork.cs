using Microsoft.ML.DeepClustering.Onnx;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>A network made of blocks whose outputs are part of its contract.</summary>
internal abstract class BlockNetwork(string name) : nn.Module<Tensor, Tensor>(name), IOnnxLayer
{
    /// <summary>The length of the feature vector.</summary>
    public abstract long FeatureCount { get; }

    /// <summary>The slope of its ReLU for negative values: 0, or that of a leaky one.</summary>
    public virtual double NegativeSlope => 0;

    /// <summary>(n, input shape) -> the features and the outputs of all blocks.</summary>
    public abstract NetworkOutput Run(Tensor input);

    /// <summary>(n, input shape) -> (n, features), in an ONNX graph.</summary>
    public abstract OnnxValue Export(OnnxValue input);

    /// <summary>A new network that mirrors this one: (n, features) -> (n, input shape), or (n, d) for an input that is flattened.</summary>
    public abstract nn.Module<Tensor, Tensor> CreateDecoder();

    /// <summary>(n, input shape) -> (n, features).</summary>
    public override Tensor forward(Tensor input) => Run(input).Features;
}
