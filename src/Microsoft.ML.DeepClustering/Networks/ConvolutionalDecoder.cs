using Microsoft.ML.DeepClustering.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>
/// The mirror of <see cref="ConvolutionalNetwork"/>: upsampling (nearest) in the place of pooling, transposed convolutions of the same
/// sizes, batch normalisation once a block, and a linear output. The decoder of DDC-AE, Trosten et al. 2024, Section 4.
/// </summary>
internal sealed class ConvolutionalDecoder : nn.Module<Tensor, Tensor>
{
    private const long Filters = ConvolutionalNetwork.Filters;

    private readonly Sequential block2;
    private readonly Sequential block1;
    private readonly long[] _features;
    private readonly long[] _beforePool2;
    private readonly long[] _beforePool1;

    public ConvolutionalDecoder(long channels, long height, long width, NormalizationConstants normalization)
        : base(nameof(ConvolutionalDecoder))
    {
        _features = [Filters, ConvolutionalNetwork.OutputSide(height), ConvolutionalNetwork.OutputSide(width)];
        // Pooling drops the last row of an odd side; upsampling to the size before it brings the row back.
        _beforePool1 = [height - 8, width - 8];
        _beforePool2 = [_beforePool1[0] / 2 - 4, _beforePool1[1] / 2 - 4];
        block2 = nn.Sequential(
            ("conv1", new TransposedConvolutionLayer(Filters, Filters, 3)),
            ("relu1", nn.ReLU(true)),
            ("conv2", new TransposedConvolutionLayer(Filters, Filters, 3)),
            ("norm", new BatchNormalization(Filters, normalization)),
            ("relu2", nn.ReLU(true)));
        block1 = nn.Sequential(
            ("conv1", new TransposedConvolutionLayer(Filters, Filters, 5)),
            ("relu1", nn.ReLU(true)),
            ("conv2", new TransposedConvolutionLayer(Filters, channels, 5)));
        RegisterComponents();
    }

    /// <summary>(n, features of the network) -> (n, channels, height, width).</summary>
    public override Tensor forward(Tensor features)
    {
        var maps = features.reshape(features.shape[0], _features[0], _features[1], _features[2]).WithChannelsLast();
        return block1.forward(Upsample(block2.forward(Upsample(maps, _beforePool2)), _beforePool1));
    }

    private static Tensor Upsample(Tensor maps, long[] size) => nn.functional.interpolate(maps, size, mode: InterpolationMode.Nearest);
}
