using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Vade;

/// <summary>The phase of VaDE after pretraining: network and mixture raise the bound of the likelihood together. Jiang et al. 2017, Section 3.</summary>
internal sealed class VadePhase(VadeMethod method, VadeOptions options, ParameterOptimizer optimizer, long rows)
    : AutoencoderPhase(method, options, optimizer, "clustering", options.EpochsFor(rows), rows)
{
    // ε of a training step, (n, p); null in evaluation, where z is m.
    private Tensor? _noise;

    public override Tensor See(Tensor rows, TrainingContext context)
    {
        _noise = randn(new[] { rows.shape[0], method.EmbeddingSize }, dtype: ScalarType.Float32, device: CPU, generator: context.Generator).to(context.Data.Device);
        return method.Augment(rows, context);
    }

    /// <summary>a R and the cost against the prior, with γ at the sampled z = m + s ε.</summary>
    public override LossTerms Loss(TrainingBatch batch)
    {
        var (mean, logVariance) = method.EncodeDistribution(batch.Seen);
        var z = _noise is null ? mean : mean.Plus(logVariance.Times(0.5).exp() * _noise);
        var (logShares, means, variances) = (method.LogShares(), method.Centroids, method.LogVariances);
        var terms = new LossTerms();
        terms.AddAuxiliary("reconstruction", options.ReconstructionWeightFor(batch.Seen.numel() / batch.Seen.shape[0]), method.ReconstructionLoss(batch.Seen, method.Autoencoder.Decode(z), batch.Weights));
        terms.Add("clustering", MixturePrior.Compute(MixturePrior.LogJoint(z, logShares, means, variances), mean, logVariance, logShares, means, variances, batch.Weights));
        return terms;
    }

    public override void OnBatchEnd(TrainingBatch batch, LossTerms terms) => _noise = null;

    public override void OnStart(TrainingContext context) => method.InitializeMixture(context);

    public override void OnEpochStart(TrainingContext context, int epoch)
        => Optimizer.LearningRate = Math.Max(Math.Min(options.LearningRate, options.MinimumLearningRate), options.LearningRate * Math.Pow(options.LearningRateDecay, (epoch - 1) / options.DecayInterval));
}
