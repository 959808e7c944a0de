using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Methods.Pretraining;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Onnx;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Centering;

/// <summary>Centering: Roy, Algorithm 1.</summary>
internal sealed class CenteringMethod(CenteringOptions options, NetworkChoice choice) : AutoencoderFamilyMethod(options, choice)
{
    /// <summary>G: Roy, Equation 11.</summary>
    public override Tensor Probabilities(Tensor squaredDistances) => CenteringLoss.Weights(squaredDistances, options.Alpha);

    protected override OnnxValue Probabilities(OnnxValue squaredDistances) => CenteringLoss.Weights(squaredDistances, options.Alpha);

    public override IEnumerable<TrainingPhase> Phases(TrainingContext context)
    {
        foreach (var phase in PretrainingPhase.Create(this, options, context))
            yield return phase;
        // A new optimiser: beside the small second moments of pretraining the pull to the centroids would take steps far too large.
        using var optimizer = new AdamOptimizer(autoencoder.parameters(), options.LearningRate);
        yield return new CenteringPhase(this, options, optimizer, context.Rows);
    }
}
