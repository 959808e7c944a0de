using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Depict;

/// <summary>
/// A stage of DEPICT. Each row takes two paths through the same weights in a step, one with dropout and one without; what the decoder makes of the former is held against the
/// activations of the latter. Ghasedi Dizaji et al. 2017, Section 3.2.
/// </summary>
internal abstract class DepictPhase(DepictMethod method, DepictOptions options, ParameterOptimizer optimizer, long rows) : TrainingPhase
{
    private readonly DropoutNoise _noise = new(method.Dropout);

    protected DepictMethod Method => method;

    protected DepictOptions Options => options;

    public override int BatchSize { get; } = options.BatchSizeFor(rows);

    public override ParameterOptimizer Optimizer => optimizer;

    /// <summary>The error of the reconstruction, then that of the layers; with a target for each row, the cross-entropy too.</summary>
    public override LossTerms Loss(TrainingBatch batch)
    {
        var autoencoder = method.Autoencoder;
        var (embedding, targets) = autoencoder.Encode(batch.Seen);
        if (_noise.IsDrawn)
            embedding = autoencoder.Encode(batch.Seen, _noise.Apply).Embedding;
        var (output, mirrored) = autoencoder.Decode(embedding);
        var terms = new LossTerms();
        terms.AddAuxiliary("reconstruction", 1, ReconstructionError.MeanOverElements(batch.Seen, output, batch.Weights));
        for (var layer = 0; options.LayerReconstructionWeight > 0 && layer < targets.Count; layer++)
        {
            // Its weight is within the auxiliary objective, and so part of what R-OFM takes for it.
            var error = ReconstructionError.MeanOverElements(targets[layer].Widened(), mirrored[layer].Widened(), batch.Weights);
            terms.AddAuxiliary($"reconstruction/{layer + 1}", 1, error.Times(options.LayerReconstructionWeight));
        }

        if (TargetOf(batch.Indices) is { } target)
            terms.Add("clustering", SoftmaxCrossEntropy.Compute(target, method.Logits(embedding), batch.Weights));
        return terms;
    }

    public override Tensor See(Tensor rows, TrainingContext context)
    {
        var count = rows.shape[0];
        _noise.Draw([method.Autoencoder.InputShape(count), method.Autoencoder.FirstHiddenShape(count)], context.Generator, context.Data.Device);
        return rows;
    }

    public override void OnBatchEnd(TrainingBatch batch, LossTerms terms) => _noise.Clear();

    /// <summary>Q of rows, (n) of int64 -> (n, k); null before there are clusters.</summary>
    protected abstract Tensor? TargetOf(Tensor indices);
}
