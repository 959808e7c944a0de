using Microsoft.ML.DeepClustering.Onnx;
using Microsoft.ML.DeepClustering.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>
/// The convolutional network of DDC: two blocks of two convolutions (5x5, then 3x3; 32 filters; no padding), batch normalisation
/// before the second activation, and max pooling by 2. Trosten et al. 2021, Table 1.
/// </summary>
internal sealed class ConvolutionalNetwork : BlockNetwork
{
    /// <summary>The number of filters of every layer.</summary>
    public const long Filters = 32;

    private const long FirstSide = 5;
    private const long PooledSide = 2;

    private readonly Sequential block1;
    private readonly Sequential block2;
    private readonly MaxPool2d pool1;
    private readonly MaxPool2d pool2;
    private readonly FirstBlockTap _tap;
    private readonly (long Channels, long Height, long Width) _input;
    private readonly NormalizationConstants _normalization;

    public ConvolutionalNetwork(long channels, long height, long width, FirstBlockTap tap, NormalizationConstants normalization)
        : base(nameof(ConvolutionalNetwork))
    {
        (_tap, _normalization) = (tap, normalization);
        _input = (channels, height, width);
        block1 = Block(channels, FirstSide, normalization);
        block2 = Block(Filters, 3, normalization);
        pool1 = nn.MaxPool2d(PooledSide, PooledSide);
        pool2 = nn.MaxPool2d(PooledSide, PooledSide);
        FeatureCount = FeaturesOf(height, width);
        RegisterComponents();
    }

    public override long FeatureCount { get; }

    /// <summary>What the two blocks leave of a side: 3 of 28, 4 of 32 and so on; below 1 when nothing is left.</summary>
    public static long OutputSide(long side) => side < 8 ? 0 : ((side - 8) / 2 - 4) / 2;

    /// <summary>The length of the last output for images of this size.</summary>
    public static long FeaturesOf(long height, long width) => Filters * OutputSide(height) * OutputSide(width);

    /// <summary>The number of weights of the first layer.</summary>
    public static long FirstLayerWeights(long channels) => Filters * channels * FirstSide * FirstSide;

    /// <summary>(n, channels, height, width) -> y^1 (n, 32, ...) at the tap, y^2 (n, 32, ...) after pooling.</summary>
    public override NetworkOutput Run(Tensor input)
    {
        var unpooled = block1.forward(input.WithChannelsLast());
        var pooled = pool1.forward(unpooled);
        var second = pool2.forward(block2.forward(pooled));
        return new(second.flatten(1), [_tap == FirstBlockTap.BeforePooling ? unpooled : pooled, second]);
    }

    public override OnnxValue Export(OnnxValue input) => block2.Export(block1.Export(input).MaxPool(PooledSide)).MaxPool(PooledSide).Flatten();

    public override nn.Module<Tensor, Tensor> CreateDecoder() => new ConvolutionalDecoder(_input.Channels, _input.Height, _input.Width, _normalization);

    private static Sequential Block(long channels, long side, NormalizationConstants normalization) => nn.Sequential(
        ("conv1", new ConvolutionLayer(channels, Filters, side)),
        ("relu1", nn.ReLU(true)),
        ("conv2", new ConvolutionLayer(Filters, Filters, side)),
        ("norm", new BatchNormalization(Filters, normalization)),
        ("relu2", nn.ReLU(true)));
}
