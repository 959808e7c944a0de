using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Onnx;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods;

/// <summary>
/// The clustering module of DDC: Linear 100, ReLU, batch normalisation, Linear k, softmax. Trosten et al. 2021, Section 3.
/// </summary>
internal sealed class DdcClusteringModule : nn.Module<Tensor, Tensor>
{
    /// <summary>The length of the embedding h.</summary>
    public const long EmbeddingSize = 100;

    private readonly LinearLayer hidden;
    private readonly BatchNormalization norm;
    private readonly LinearLayer output;

    public DdcClusteringModule(long featureCount, int numberOfClusters, NormalizationConstants normalization)
        : base(nameof(DdcClusteringModule))
    {
        hidden = new LinearLayer(featureCount, EmbeddingSize);
        norm = new BatchNormalization(EmbeddingSize, normalization);
        output = new LinearLayer(EmbeddingSize, numberOfClusters);
        RegisterComponents();
    }

    /// <summary>(n, features) -> h (n, 100) after ReLU and normalisation, α (n, k) with rows on the simplex.</summary>
    public (Tensor Embedding, Tensor Assignments) Run(Tensor features)
    {
        var embedding = norm.forward(nn.functional.relu(hidden.forward(features.Widened())));
        return (embedding, nn.functional.softmax(output.forward(embedding), 1));
    }

    /// <summary>The same in an ONNX graph.</summary>
    public (OnnxValue Embedding, OnnxValue Assignments) Run(OnnxValue features)
    {
        var embedding = norm.Export(hidden.Export(features).Relu());
        return (embedding, output.Export(embedding).Softmax());
    }

    /// <summary>(n, features) -> α (n, k).</summary>
    public override Tensor forward(Tensor features) => Run(features).Assignments;
}
