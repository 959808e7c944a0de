#nullable disable
using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Methods.Pretraining;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Centering;

/// <summary>Centering: Roy, Algorithm 1.</summary>
internal sealed class CenteringMethod(CenteringOptions options, NetworkChoice choice) : AutoencoderSystem(options, choice)
{
    public override Tensor Probabilities(Tensor squaredDistances) => CenteringLoss.Weights(squaredDistances, options.Alpha);

    public override IEnumerable<TrainingPhase> Phases(TrainingContext context)
    {
        foreach (var phase in PretrainingPhase.Create(this, options, context))
            yield return phase;
        // A new optimiser: beside the small second moments of pretraining the pull to the centroids would take steps far too large.
        using var optimizer = new AdamOptimizer(autoencoder.parameters(), options.LearningRate);
        yield return new ClusteringPhase(this, options, optimizer);
    }

    private sealed class ClusteringPhase(CenteringMethod method, CenteringOptions options, ParameterOptimizer optimizer)
        : AutoencoderPhase(method, options, optimizer, "clustering", options.NumberOfEpochs)
    {
        public override void OnStart(TrainingContext context) => method.StartCentroids(context);

        // The centroids are constants of the loss: they move by k-means alone.
        protected override void AddTerms(LossTerms terms, Tensor embedding, Tensor indices)
            => terms.Add("clustering", CenteringLoss.Compute(CentroidDistance.Squared(embedding, method.Centroids.detach()), options.Alpha).Times(options.ClusteringWeight));

        public override void OnEpochEnd(TrainingContext context, int epoch)
        {
            if (options.Reinitialization)
                method.ReinitializeCentroids(context, options.NumberOfReinitializationStarts);
        }
    }
}
