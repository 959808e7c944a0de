using Microsoft.ML.DeepClustering.Onnx;
using Microsoft.ML.DeepClustering.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>
/// An autoencoder whose decoder gives a counterpart of each hidden layer of the encoder, and into whose layers noise can be fed: that of DEPICT (Ghasedi Dizaji et al. 2017,
/// Section 3). Leaky ReLU of slope 0.01, tanh on the embedding. For images two convolutions of stride 2 and their mirror, tanh on the output; for vectors linear layers, linear output.
/// </summary>
internal sealed class LayerwiseAutoencoder : nn.Module<Tensor, Tensor>
{
    private const double Slope = 0.01;

    // Registered under these names, which are those of the saved weights. Both lists go in the direction of the data.
    private readonly ModuleList<PrecisionLayer> encoder;
    private readonly LinearLayer embedding;
    private readonly LinearLayer expansion;
    private readonly ModuleList<PrecisionLayer> decoder;

    // Of a row.
    private readonly long[] _input;
    private readonly long[] _firstHidden;
    private readonly long[] _lastHidden;
    private readonly bool _isConvolutional;

    private LayerwiseAutoencoder(PrecisionLayer[] down, PrecisionLayer[] up, long[] input, long[] firstHidden, long[] lastHidden, long embeddingSize)
        : base(nameof(LayerwiseAutoencoder))
    {
        (_input, _firstHidden, _lastHidden, _isConvolutional) = (input, firstHidden, lastHidden, lastHidden.Length > 1);
        var features = lastHidden.Aggregate(1L, (a, b) => a * b);
        encoder = nn.ModuleList(down);
        embedding = new LinearLayer(features, embeddingSize);
        expansion = new LinearLayer(embeddingSize, features);
        decoder = nn.ModuleList(up);
        EmbeddingSize = embeddingSize;
        RegisterComponents();
    }

    /// <summary>p.</summary>
    public long EmbeddingSize { get; }

    /// <summary>Whether the output is from -1 to 1.</summary>
    public bool IsBounded => _isConvolutional;

    /// <summary>The parameters that the embedding depends on.</summary>
    public IEnumerable<Parameter> EncoderParameters => encoder.parameters().Concat(embedding.parameters());

    /// <summary>The one for a choice of network.</summary>
    public static LayerwiseAutoencoder Create(NetworkChoice choice, long embeddingSize)
        => choice.IsConvolutional ? Convolutional(choice.Shape.Dimensions, embeddingSize) : Perceptron(choice.Shape.Size, choice.Widths, embeddingSize);

    /// <summary>
    /// The weights from the input to the last hidden layer whose number the input or an option chooses, and the length of that layer, counted before any are made.
    /// </summary>
    public static (Int128 Weights, Int128 Features) MinimumWeights(NetworkChoice choice) => choice.IsConvolutional
        ? (StridedBlocks.FirstLayerWeights(choice.Shape.Dimensions[0]), StridedBlocks.Features(choice.Shape.Dimensions[1], choice.Shape.Dimensions[2]))
        : (MultilayerPerceptron.Weights(choice.Shape.Size, choice.Widths), choice.Widths[^1]);

    /// <summary>(n, ...), what goes into the first layer for so many rows.</summary>
    public long[] InputShape(long rows) => [rows, .. _input];

    /// <summary>(n, ...), what the first hidden layer gives for so many rows.</summary>
    public long[] FirstHiddenShape(long rows) => [rows, .. _firstHidden];

    /// <summary>(n, input shape) -> z (n, p) and the outputs of the hidden layers, (n, ...) each.</summary>
    /// <param name="input">Prepared features.</param>
    /// <param name="disturb">What is made of the values that go into layer 0, 1, ... on their way there; null leaves them as they are.</param>
    public (Tensor Embedding, IReadOnlyList<Tensor> Hidden) Encode(Tensor input, Func<int, Tensor, Tensor>? disturb = null)
    {
        var hidden = new List<Tensor>();
        var values = Arranged(input, _input);
        foreach (var layer in encoder)
        {
            values = Activated(layer.forward(disturb is null ? values : disturb(hidden.Count, values)));
            hidden.Add(values);
        }

        var linear = embedding.forward(values.flatten(1)).Widened();
        // Where a row's values have become infinite tanh is 1, and nobody would hear of it: there infinity less infinity is NaN.
        return (training ? linear.tanh() : linear.tanh().Plus(linear - linear), hidden);
    }

    /// <summary>(n, input shape) -> z (n, p), in an ONNX graph.</summary>
    public OnnxValue Encode(OnnxValue input)
    {
        var values = _isConvolutional ? input : input.Flatten();
        foreach (var layer in encoder.Cast<IOnnxLayer>())
            values = layer.Export(values).LeakyRelu((float)Slope);
        return embedding.Export(values.Flatten()).Tanh();
    }

    /// <summary>z (n, p) -> the reconstruction, (n, input shape) or (n, d) for an input that is flattened, and the counterparts of the hidden layers, in their order.</summary>
    public (Tensor Output, IReadOnlyList<Tensor> Hidden) Decode(Tensor embeddings)
    {
        var values = Arranged(Activated(expansion.forward(embeddings)), _lastHidden);
        var hidden = new List<Tensor> { values };
        foreach (var layer in decoder.SkipLast(1))
        {
            values = Activated(layer.forward(values));
            hidden.Insert(0, values);
        }

        var output = decoder[^1].forward(values).Widened();
        return (_isConvolutional ? output.tanh() : output, hidden);
    }

    /// <summary>(n, input shape) -> its reconstruction.</summary>
    public override Tensor forward(Tensor input) => Decode(Encode(input).Embedding).Output;

    // (n, ...) -> (n, shape of a row)
    private static Tensor Arranged(Tensor values, long[] row)
    {
        var arranged = values.reshape([-1, .. row]);
        return row.Length == 3 ? arranged.WithChannelsLast() : arranged;
    }

    private static Tensor Activated(Tensor values) => values.LeakyRelu(Slope);

    private static LayerwiseAutoencoder Perceptron(long inputSize, IReadOnlyList<long> widths, long embeddingSize)
    {
        long[] sizes = [inputSize, .. widths];
        var down = sizes.Zip(widths, (from, to) => new LinearLayer(from, to));
        var up = sizes.Zip(widths, (from, to) => new LinearLayer(to, from)).Reverse();
        return new([.. down], [.. up], [inputSize], [widths[0]], [widths[^1]], embeddingSize);
    }

    private static LayerwiseAutoencoder Convolutional(IReadOnlyList<long> image, long embeddingSize)
    {
        const long filters = StridedBlocks.Filters;
        var (channels, sizes) = (image[0], StridedBlocks.Sizes(image[1], image[2]));
        var down = StridedBlocks.All.Select((block, i) => new ConvolutionLayer(i == 0 ? channels : filters, filters, block.Side, StridedBlocks.Stride, block.Padding));
        var up = StridedBlocks.All.Select((block, i) => new TransposedConvolutionLayer(
            filters, i == 0 ? channels : filters, block.Side, StridedBlocks.Stride, block.Padding, block.Missing(sizes[i]))).Reverse();
        return new([.. down], [.. up], [.. image], [filters, .. sizes[1]], [filters, .. sizes[^1]], embeddingSize);
    }
}
