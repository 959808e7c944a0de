using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>The mirror of a convolution: (n, inputs, h, w) -> (n, outputs, (h - 1) stride - 2 padding + side + missing, the same of w), without padding h + side - 1.</summary>
/// <param name="inputs">Channels before.</param>
/// <param name="outputs">Channels after.</param>
/// <param name="side">Of the filters.</param>
/// <param name="stride">Of the convolution that it mirrors.</param>
/// <param name="padding">Of that convolution.</param>
/// <param name="missing">Rows and columns that its stride had left over, (2); null for none.</param>
internal sealed class TransposedConvolutionLayer(long inputs, long outputs, long side, long stride = 1, long padding = 0, long[]? missing = null)
    : PrecisionLayer(nameof(TransposedConvolutionLayer), [inputs, outputs, side, side], outputs)
{
    protected override Tensor Compute(Tensor input, Tensor weights, Tensor biases)
        => nn.functional.conv_transpose2d(input, weights, biases, strides: [stride, stride], padding: [padding, padding], output_padding: missing ?? [0, 0]);
}
