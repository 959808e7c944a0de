using Microsoft.ML.DeepClustering.Data;
using TorchSharp;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>The network that a shape of input gets, and what must be done to the input first.</summary>
internal sealed class NetworkChoice
{
    private readonly ImageResize? _resize;
    private readonly double _negativeSlope;
    private readonly NormalizationConstants _normalization;

    /// <param name="kind">The network asked for.</param>
    /// <param name="shape">Of a sample.</param>
    /// <param name="hiddenLayers">The widths of the multilayer perceptron, or null for its usual ones.</param>
    /// <param name="smallestSide">Of the images that the convolutional network takes; null for what the blocks of DDC need.</param>
    /// <param name="negativeSlope">Of the multilayer perceptron's ReLU for negative values.</param>
    /// <param name="normalization">Of the convolutional network.</param>
    /// <exception cref="ArgumentException">A convolutional network was asked for, but the input is not an image; or widths or a slope, but the network is convolutional.</exception>
    public NetworkChoice(NetworkKind kind, InputShape shape, IReadOnlyList<int>? hiddenLayers = null, long? smallestSide = null, double negativeSlope = 0, NormalizationConstants normalization = default)
    {
        if (kind == NetworkKind.Convolutional && !shape.IsImage)
        {
            throw new ArgumentException(
                $"Network is {kind}, but the features are a flat vector of {shape.Size} values; set ImageShape, give the column a vector type of three dimensions, or choose {NetworkKind.MultilayerPerceptron}.");
        }

        Widths = hiddenLayers is null ? MultilayerPerceptron.UsualWidths : [.. hiddenLayers.Select(w => (long)w)];
        IsConvolutional = shape.IsImage && kind != NetworkKind.MultilayerPerceptron;
        if (IsConvolutional && hiddenLayers is not null)
            throw new ArgumentException($"HiddenLayers is set, but images get the convolutional network, which has none; set Network to {NetworkKind.MultilayerPerceptron}, or HiddenLayers to null.");
        if (IsConvolutional && negativeSlope != 0)
            throw new ArgumentException(FormattableString.Invariant($"NegativeSlope is {negativeSlope}, but images get the convolutional network, whose ReLU has none; set Network to {NetworkKind.MultilayerPerceptron}, or NegativeSlope to 0."));
        (_negativeSlope, _normalization) = (negativeSlope, normalization);
        _resize = !IsConvolutional ? null : smallestSide is { } side ? ImageResize.For(shape, side) : ImageResize.For(shape);
        Shape = _resize?.Shape ?? shape;
    }

    /// <summary>The shape of a sample as the network takes it.</summary>
    public InputShape Shape { get; }

    /// <summary>Whether the network is the convolutional one.</summary>
    public bool IsConvolutional { get; }

    /// <summary>Of the layers of the multilayer perceptron, from the input on.</summary>
    public IReadOnlyList<long> Widths { get; }

    /// <summary>The length of the network's last output; known before the network is made.</summary>
    public long FeatureCount => IsConvolutional
        ? ConvolutionalNetwork.FeaturesOf(Shape.Dimensions[1], Shape.Dimensions[2])
        : Widths[^1];

    /// <summary>The number of weights of the network's layers whose sizes options choose; known before the network is made.</summary>
    public Int128 ChosenWeights => IsConvolutional
        ? ConvolutionalNetwork.FirstLayerWeights(Shape.Dimensions[0])
        : MultilayerPerceptron.Weights(Shape.Size, Widths);

    public BlockNetwork Create(FirstBlockTap tap) => IsConvolutional
        ? new ConvolutionalNetwork(Shape.Dimensions[0], Shape.Dimensions[1], Shape.Dimensions[2], tap, _normalization)
        : new MultilayerPerceptron(Shape.Size, Widths, _negativeSlope);

    /// <summary>Features (n, input shape) to what the network takes.</summary>
    public InputPreparation Preparation => _resize is null ? InputPreparation.None : new(_resize.Apply, _resize.Apply, [_resize.Note]);

    /// <summary>What a decoder gives, (n, ...), to the size of the raw features, (n, d).</summary>
    public torch.Tensor Undo(torch.Tensor decoded)
        => (_resize is null ? decoded : _resize.Undo(decoded.reshape(Shape.Dimensions.Prepend(decoded.shape[0]).ToArray()))).flatten(1);
}
