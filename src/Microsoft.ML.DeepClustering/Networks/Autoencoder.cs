using Microsoft.ML.DeepClustering.Onnx;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>
/// A network, a linear layer to the embedding, and the mirror of both. With the multilayer perceptron d-500-500-2000-p-2000-500-500-d,
/// the autoencoder of DEC (Xie et al. 2016, Section 4.3) and its successors; with the convolutional network that of DEC-Conv and DCEC.
/// </summary>
internal sealed class Autoencoder : nn.Module<Tensor, Tensor>
{
    private readonly BlockNetwork encoder;
    private readonly LinearLayer embedding;
    private readonly Sequential expansion;
    private readonly nn.Module<Tensor, Tensor> decoder;

    public Autoencoder(BlockNetwork network, long embeddingSize)
        : base(nameof(Autoencoder))
    {
        encoder = network;
        embedding = new LinearLayer(network.FeatureCount, embeddingSize);
        expansion = nn.Sequential(("linear", new LinearLayer(embeddingSize, network.FeatureCount)), ("relu", LeakyRectifier.Create(network.NegativeSlope)));
        decoder = network.CreateDecoder();
        EmbeddingSize = embeddingSize;
        RegisterComponents();
    }

    /// <summary>p.</summary>
    public long EmbeddingSize { get; }

    /// <summary>The parameters that the embedding depends on.</summary>
    public IEnumerable<Parameter> EncoderParameters => encoder.parameters().Concat(embedding.parameters());

    /// <summary>The linear and convolutional layers of the encoder from the input on, without the one that gives the embedding.</summary>
    public IEnumerable<PrecisionLayer> HiddenLayers => encoder.modules().OfType<PrecisionLayer>();

    /// <summary>What follows each hidden layer: ReLU, or a leaky one.</summary>
    public Tensor Activate(Tensor values) => LeakyRectifier.Apply(values, encoder.NegativeSlope);

    /// <summary>(n, input shape) -> z (n, p) and the outputs of the encoder's blocks.</summary>
    public (Tensor Embedding, IReadOnlyList<Tensor> Blocks) Encode(Tensor input)
    {
        var output = encoder.Run(input);
        return (embedding.forward(output.Features).Widened(), output.Blocks);
    }

    /// <summary>(n, input shape) -> z (n, p) and the features that it is made of, (n, features).</summary>
    public (Tensor Embedding, Tensor Features) EncodeWithFeatures(Tensor input)
    {
        var features = encoder.Run(input).Features;
        return (embedding.forward(features).Widened(), features);
    }

    /// <summary>(n, input shape) -> z (n, p), in an ONNX graph.</summary>
    public OnnxValue Encode(OnnxValue input) => embedding.Export(encoder.Export(input));

    /// <summary>z (n, p) -> (n, input shape), or (n, d) for an input that is flattened.</summary>
    public Tensor Decode(Tensor embeddings) => decoder.forward(expansion.forward(embeddings)).Widened();

    /// <summary>The layers of the encoder, from the input to the embedding, with their mirrors.</summary>
    /// <exception cref="InvalidOperationException">The network is not the multilayer perceptron.</exception>
    public IReadOnlyList<LayerPair> LayerPairs()
    {
        if (encoder is not MultilayerPerceptron)
            throw new InvalidOperationException("The network is convolutional; its layers are no pairs.");
        var down = encoder.modules().OfType<LinearLayer>().Append(embedding);
        var up = expansion.modules().Concat(decoder.modules()).OfType<LinearLayer>();
        return down.Zip(up.Reverse(), (layer, mirror) => new LayerPair(layer, mirror)).ToArray();
    }

    /// <summary>(n, input shape) -> its reconstruction.</summary>
    public override Tensor forward(Tensor input) => Decode(Encode(input).Embedding);
}
