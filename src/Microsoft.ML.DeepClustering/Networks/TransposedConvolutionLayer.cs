using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>The mirror of a convolution without padding: (n, inputs, h, w) -> (n, outputs, h + side - 1, w + side - 1).</summary>
internal sealed class TransposedConvolutionLayer(long inputs, long outputs, long side) : PrecisionLayer(nameof(TransposedConvolutionLayer), [inputs, outputs, side, side], outputs)
{
    protected override Tensor Compute(Tensor input, Tensor weights, Tensor biases) => nn.functional.conv_transpose2d(input, weights, biases);
}
