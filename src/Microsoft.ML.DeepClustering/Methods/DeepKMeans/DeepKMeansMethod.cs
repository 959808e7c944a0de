#nullable disable
using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Methods.Pretraining;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.DeepKMeans;

/// <summary>Deep k-Means: Moradi Fard et al. 2020, Algorithm 1.</summary>
internal sealed class DeepKMeansMethod(DeepKMeansOptions options, NetworkChoice choice) : AutoencoderSystem(options, choice)
{
    /// <summary>
    /// The authors' Adam counts one number of steps for all variables, so that after pretraining the moments of the centroids start at zero
    /// uncorrected and their first steps are several times the learning rate. A gradient of zero in pretraining does the same here.
    /// </summary>
    public override Tensor ReconstructionLoss(Tensor input, Tensor reconstruction)
        => base.ReconstructionLoss(input, reconstruction).Plus(centroids.sum().Times(0));

    /// <summary>G with the last α of training.</summary>
    public override Tensor Probabilities(Tensor squaredDistances)
        => SoftKMeansLoss.Weights(squaredDistances, options.Annealing ? AnnealingSchedule.Alphas[^1] : options.Alpha);

    public override IEnumerable<TrainingPhase> Phases(TrainingContext context)
    {
        // One optimiser: the moments of pretraining carry over.
        using var optimizer = new AdamOptimizer(autoencoder.parameters().Append(centroids), PretrainingRate);
        foreach (var phase in PretrainingPhase.Create(this, options, context, optimizer))
            yield return phase;
        optimizer.LearningRate = options.LearningRate;
        yield return new ClusteringPhase(this, options, optimizer);
    }

    private sealed class ClusteringPhase(DeepKMeansMethod method, DeepKMeansOptions options, ParameterOptimizer optimizer)
        : AutoencoderPhase(method, options, optimizer, "clustering", options.NumberOfEpochs)
    {
        private double _alpha = options.Alpha;

        public override void OnStart(TrainingContext context) => method.StartCentroids(context, options.CentroidInitialization);

        public override void OnEpochStart(TrainingContext context, int epoch)
        {
            if (options.Annealing)
                _alpha = AnnealingSchedule.At(epoch, options.NumberOfEpochs);
        }

        protected override void AddTerms(LossTerms terms, Tensor embedding, Tensor indices)
            => terms.Add("clustering", SoftKMeansLoss.Compute(CentroidDistance.Squared(embedding, method.Centroids), _alpha).Times(options.ClusteringWeight));

        public override void OnEpochEnd(TrainingContext context, int epoch)
        {
            if (options.Reinitialization)
                method.ReinitializeCentroids(context, options.NumberOfReinitializationStarts);
        }
    }
}
