using Microsoft.ML.DeepClustering.Onnx;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>A convolution of square filters without padding: (n, inputs, h, w) -> (n, outputs, h - side + 1, w - side + 1).</summary>
internal sealed class ConvolutionLayer(long inputs, long outputs, long side) : PrecisionLayer(nameof(ConvolutionLayer), [outputs, inputs, side, side], outputs), IOnnxLayer
{
    public OnnxValue Export(OnnxValue input) => input.Convolution(weight, bias);

    protected override Tensor Compute(Tensor input, Tensor weights, Tensor biases) => nn.functional.conv2d(input, weights, biases);
}
