using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Methods.Reclustering;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering.Methods.Centering;

/// <summary>The phase of centering after pretraining: embeddings are drawn to centroids that k-means places anew after every epoch. Roy, Algorithm 1.</summary>
internal sealed class CenteringPhase(CenteringMethod method, CenteringOptions options, ParameterOptimizer optimizer, long rows)
    : AutoencoderPhase(method, options, optimizer, "clustering", options.EpochsFor(rows), rows)
{
    /// <summary>||x - x̂||² + λ Σ_k f_k G_k: Roy, Equations 10 and 11. The centroids are constants of the loss: they move by k-means alone.</summary>
    public override LossTerms Loss(TrainingBatch batch)
    {
        var embedding = method.Embed(batch.Seen);
        var terms = new LossTerms();
        terms.AddAuxiliary("reconstruction", 1, method.ReconstructionLoss(batch.Seen, method.Autoencoder.Decode(embedding), batch.Weights));
        var distances = CentroidDistance.Squared(embedding, method.Centroids.detach()); // (n, p), (k, p) -> (n, k)
        terms.Add("clustering", CenteringLoss.Compute(distances, options.Alpha, batch.Weights).Times(options.ClusteringWeight));
        return terms;
    }

    public override void OnStart(TrainingContext context)
    {
        ReclusteringBarrier.Begin(options.Brb, Epochs, context);
        method.InitializeCentroids(context);
    }

    public override void OnEpochStart(TrainingContext context, int epoch)
    {
        if (options.Brb is { } brb && brb.IsDue(epoch))
            ReclusteringBarrier.Break(method, brb, Optimizer, context, epoch);
    }

    public override void OnEpochEnd(TrainingContext context, int epoch)
    {
        if (options.Reinitialization)
            method.ReinitializeCentroids(context, options.ReinitializationRestarts);
    }
}
