using Microsoft.ML.DeepClustering.Onnx;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>
/// A convolution of square filters: (n, inputs, h, w) -> (n, outputs, ⌊(h + 2 padding - side) / stride⌋ + 1, the same of w), without padding h - side + 1.
/// </summary>
internal sealed class ConvolutionLayer(long inputs, long outputs, long side, long stride = 1, long padding = 0)
    : PrecisionLayer(nameof(ConvolutionLayer), [outputs, inputs, side, side], outputs), IOnnxLayer
{
    public OnnxValue Export(OnnxValue input) => input.Convolution(weight, bias, stride, padding);

    protected override Tensor Compute(Tensor input, Tensor weights, Tensor biases)
        => nn.functional.conv2d(input, weights, biases, strides: [stride, stride], padding: [padding, padding]);
}
