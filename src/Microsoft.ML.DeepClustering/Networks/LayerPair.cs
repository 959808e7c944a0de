using TorchSharp.Modules;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>A layer of an encoder and its mirror in the decoder.</summary>
internal sealed record LayerPair(LinearLayer Encoder, LinearLayer Decoder)
{
    /// <summary>Those of both.</summary>
    public IEnumerable<Parameter> Parameters => Encoder.parameters().Concat(Decoder.parameters());
}
