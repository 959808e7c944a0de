using Microsoft.ML.DeepClustering.Data;
using TorchSharp;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>The network that a shape of input gets, and what must be done to the input first.</summary>
internal sealed class NetworkChoice
{
    private readonly bool _convolutional;
    private readonly ImageResize? _resize;

    /// <exception cref="ArgumentException">A convolutional network was asked for, but the input is not an image.</exception>
    public NetworkChoice(NetworkKind kind, InputShape shape)
    {
        if (kind == NetworkKind.Convolutional && !shape.IsImage)
        {
            throw new ArgumentException(
                $"Network is {kind}, but the features are a flat vector of {shape.Size} values; set ImageShape, give the column a vector type of three dimensions, or choose {NetworkKind.MultilayerPerceptron}.");
        }

        _convolutional = shape.IsImage && kind != NetworkKind.MultilayerPerceptron;
        _resize = _convolutional ? ImageResize.For(shape) : null;
        Shape = _resize?.Shape ?? shape;
    }

    /// <summary>The shape of a sample as the network takes it.</summary>
    public InputShape Shape { get; }

    /// <summary>The length of the network's last output; known before the network is made.</summary>
    public long FeatureCount => _convolutional
        ? ConvolutionalNetwork.FeaturesOf(Shape.Dimensions[1], Shape.Dimensions[2])
        : MultilayerPerceptron.OutputSize;

    /// <summary>The number of weights of the network's first layer; known before the network is made.</summary>
    public long FirstLayerWeights => _convolutional
        ? ConvolutionalNetwork.FirstLayerWeights(Shape.Dimensions[0])
        : MultilayerPerceptron.FirstLayerWeights(Shape.Size);

    public BlockNetwork Create(FirstBlockTap tap) => _convolutional
        ? new ConvolutionalNetwork(Shape.Dimensions[0], Shape.Dimensions[1], Shape.Dimensions[2], tap)
        : new MultilayerPerceptron(Shape.Size);

    /// <summary>Features (n, input shape) to what the network takes.</summary>
    public InputPreparation Preparation => _resize is null ? InputPreparation.None : new(_resize.Apply, _resize.Apply, [_resize.Note]);

    /// <summary>What a decoder gives, (n, ...), to the size of the raw features, (n, d).</summary>
    public torch.Tensor Undo(torch.Tensor decoded)
        => (_resize is null ? decoded : _resize.Undo(decoded.reshape(Shape.Dimensions.Prepend(decoded.shape[0]).ToArray()))).flatten(1);
}
