using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.DdcAutoencoder;

/// <summary>DDC-AE: Trosten et al. 2021, Section 5; Trosten et al. 2024, Section 4.</summary>
internal sealed class DdcAutoencoderMethod : DdcFamilyMethod
{
    private readonly nn.Module<Tensor, Tensor> decoder;
    private readonly DdcAutoencoderOptions _options;

    public DdcAutoencoderMethod(DdcAutoencoderOptions options, NetworkChoice choice)
        : base(options, choice)
    {
        _options = options;
        decoder = network.CreateDecoder();
        PrecisionLayer.Set(decoder, options.Precision);
        // The name is that of the saved weights.
        register_module(nameof(decoder), decoder);
    }

    /// <summary>L1 + L2 + L3, Trosten et al. 2024, Equations 6 to 8, and the error of the reconstruction from the last block's features.</summary>
    public override LossTerms Loss(Tensor batch, Tensor? weights = null)
    {
        var output = Run(batch);
        var terms = ClusteringTerms(output, weights);
        terms.AddAuxiliary("reconstruction", _options.ReconstructionWeight, ReconstructionError.MeanOverElements(batch, decoder.forward(output.Features).Widened(), weights));
        return terms;
    }
}
