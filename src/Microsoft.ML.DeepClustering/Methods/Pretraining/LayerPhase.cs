using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Pretraining;

/// <summary>
/// Trains one layer of the encoder and its mirror in the decoder to reconstruct what the layers before give, which stay as they are.
/// Bengio et al. 2007; Xie et al. 2016, Section 4.3: ReLU (or leaky ReLU, where the network has it) except on the embedding and on the reconstructed features.
/// </summary>
internal sealed class LayerPhase : AutoencoderPhase
{
    private readonly IReadOnlyList<LayerPair> _pairs;
    private readonly int _index;
    private readonly Corruption _corruption;

    private LayerPhase(AutoencoderFamilyMethod method, AutoencoderFamilyOptions options, ParameterOptimizer optimizer, IReadOnlyList<LayerPair> pairs, int index, long rows)
        : base(method, options, optimizer, $"{PretrainingPhase.PhaseName} of layer {index + 1}", options.LayerwiseEpochs, rows)
    {
        (_pairs, _index) = (pairs, index);
        _corruption = new Corruption(options.PretrainingCorruption);
    }

    public override bool HasClusters => false;

    /// <summary>A phase for each layer of the encoder, from the input on.</summary>
    /// <param name="method">The method, on the device of training, with its initial weights.</param>
    /// <param name="options">The options.</param>
    /// <param name="rows">Of the data.</param>
    /// <exception cref="InvalidOperationException">The network is not the multilayer perceptron.</exception>
    public static IEnumerable<TrainingPhase> CreateAll(AutoencoderFamilyMethod method, AutoencoderFamilyOptions options, long rows)
    {
        var pairs = method.Autoencoder.LayerPairs();
        for (var i = 0; i < pairs.Count; i++)
        {
            using var optimizer = method.CreatePretrainingOptimizer(pairs[i].Parameters);
            yield return new LayerPhase(method, options, optimizer, pairs, i, rows);
        }
    }

    public override Tensor See(Tensor rows, TrainingContext context)
    {
        var input = Before(Method.AugmentForPretraining(rows, context));
        _corruption.Draw(input, context.Generator);
        return input;
    }

    public override LossTerms Loss(TrainingBatch batch)
    {
        // What a step sees has gone through the layers before; rows of an evaluation have not.
        var input = ReferenceEquals(batch.Seen, batch.Rows) ? Before(batch.Rows) : batch.Seen;
        var coded = _pairs[_index].Encoder.forward(_corruption.Apply(input));
        var decoded = _pairs[_index].Decoder.forward(_index < _pairs.Count - 1 ? Method.Autoencoder.Activate(coded) : coded);
        var terms = new LossTerms();
        terms.AddAuxiliary("reconstruction", 1, Method.ReconstructionLoss(input, (_index > 0 ? Method.Autoencoder.Activate(decoded) : decoded).Widened(), batch.Weights));
        return terms;
    }

    public override void OnBatchEnd(TrainingBatch batch, LossTerms terms) => _corruption.Clear();

    // (n, ...) -> (n, inputs of the layer)
    private Tensor Before(Tensor rows)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var values = _pairs.Take(_index).Aggregate(rows.flatten(1), (input, pair) => Method.Autoencoder.Activate(pair.Encoder.forward(input))).Widened();
        return values.MoveToOuterDisposeScope();
    }
}
