using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Methods.Pretraining;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Onnx;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.DeepKMeans;

/// <summary>Deep k-Means: Moradi Fard et al. 2020, Algorithm 1.</summary>
internal sealed class DeepKMeansMethod(DeepKMeansOptions options, NetworkChoice choice) : AutoencoderFamilyMethod(options, choice)
{
    /// <summary>
    /// The authors' Adam counts one number of steps for all variables, so that after pretraining the moments of the centroids start at zero
    /// uncorrected and their first steps are several times the learning rate. A gradient of zero in pretraining does the same here. Centroids that are fixed have none: their moments would move them on.
    /// </summary>
    public override Tensor ReconstructionLoss(Tensor input, Tensor reconstruction, Tensor? weights = null)
    {
        var loss = base.ReconstructionLoss(input, reconstruction, weights);
        return HasFixedCentroids ? loss : loss.Plus(centroids.sum().Times(0));
    }

    /// <summary>G with the last α of training.</summary>
    public override Tensor Probabilities(Tensor squaredDistances) => SoftKMeansLoss.Weights(squaredDistances, LastAlpha);

    protected override OnnxValue Probabilities(OnnxValue squaredDistances) => SoftKMeansLoss.Weights(squaredDistances, LastAlpha);

    private double LastAlpha => options.Annealing ? AnnealingSchedule.Alphas[^1] : options.Alpha;

    public override IEnumerable<TrainingPhase> Phases(TrainingContext context)
    {
        // One optimiser, unless a fresh one is asked for: the moments of pretraining carry over.
        using var optimizer = new AdamOptimizer(autoencoder.parameters().Append(centroids), PretrainingRate);
        foreach (var phase in PretrainingPhase.Create(this, options, context, CarriedOn(optimizer)))
            yield return phase;
        optimizer.LearningRate = options.LearningRate;
        using var clustering = new DeepKMeansPhase(this, options, optimizer, context.Rows);
        yield return clustering;
    }
}
