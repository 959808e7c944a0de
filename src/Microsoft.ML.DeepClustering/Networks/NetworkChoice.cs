using Microsoft.ML.DeepClustering.Data;
using TorchSharp;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>The network that a shape of input gets, and what must be done to the input first.</summary>
internal sealed class NetworkChoice
{
    private readonly bool _convolutional;
    private readonly IReadOnlyList<long> _widths;
    private readonly ImageResize? _resize;

    /// <param name="kind">The network asked for.</param>
    /// <param name="shape">Of a sample.</param>
    /// <param name="hiddenLayers">The widths of the multilayer perceptron, or null for its usual ones.</param>
    /// <exception cref="ArgumentException">A convolutional network was asked for, but the input is not an image; or widths, but the network is convolutional.</exception>
    public NetworkChoice(NetworkKind kind, InputShape shape, IReadOnlyList<int>? hiddenLayers = null)
    {
        if (kind == NetworkKind.Convolutional && !shape.IsImage)
        {
            throw new ArgumentException(
                $"Network is {kind}, but the features are a flat vector of {shape.Size} values; set ImageShape, give the column a vector type of three dimensions, or choose {NetworkKind.MultilayerPerceptron}.");
        }

        _widths = hiddenLayers is null ? MultilayerPerceptron.UsualWidths : [.. hiddenLayers.Select(w => (long)w)];
        _convolutional = shape.IsImage && kind != NetworkKind.MultilayerPerceptron;
        if (_convolutional && hiddenLayers is not null)
            throw new ArgumentException($"HiddenLayers is set, but images get the convolutional network, which has none; set Network to {NetworkKind.MultilayerPerceptron}, or HiddenLayers to null.");
        _resize = _convolutional ? ImageResize.For(shape) : null;
        Shape = _resize?.Shape ?? shape;
    }

    /// <summary>The shape of a sample as the network takes it.</summary>
    public InputShape Shape { get; }

    /// <summary>The length of the network's last output; known before the network is made.</summary>
    public long FeatureCount => _convolutional
        ? ConvolutionalNetwork.FeaturesOf(Shape.Dimensions[1], Shape.Dimensions[2])
        : _widths[^1];

    /// <summary>The number of weights of the network's layers whose sizes options choose; known before the network is made.</summary>
    public Int128 ChosenWeights => _convolutional
        ? ConvolutionalNetwork.FirstLayerWeights(Shape.Dimensions[0])
        : MultilayerPerceptron.Weights(Shape.Size, _widths);

    public BlockNetwork Create(FirstBlockTap tap) => _convolutional
        ? new ConvolutionalNetwork(Shape.Dimensions[0], Shape.Dimensions[1], Shape.Dimensions[2], tap)
        : new MultilayerPerceptron(Shape.Size, _widths);

    /// <summary>Features (n, input shape) to what the network takes.</summary>
    public InputPreparation Preparation => _resize is null ? InputPreparation.None : new(_resize.Apply, _resize.Apply, [_resize.Note]);

    /// <summary>What a decoder gives, (n, ...), to the size of the raw features, (n, d).</summary>
    public torch.Tensor Undo(torch.Tensor decoded)
        => (_resize is null ? decoded : _resize.Undo(decoded.reshape(Shape.Dimensions.Prepend(decoded.shape[0]).ToArray()))).flatten(1);
}
