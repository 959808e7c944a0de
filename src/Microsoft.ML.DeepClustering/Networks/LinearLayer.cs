using Microsoft.ML.DeepClustering.Onnx;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>x Wᵀ + b: (n, inputs) -> (n, outputs).</summary>
internal sealed class LinearLayer(long inputs, long outputs) : PrecisionLayer(nameof(LinearLayer), [outputs, inputs], outputs), IOnnxLayer
{
    public OnnxValue Export(OnnxValue input) => input.Linear(weight, bias);

    protected override Tensor Compute(Tensor input, Tensor weights, Tensor biases) => nn.functional.linear(input, weights, biases);
}
