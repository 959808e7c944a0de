using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Methods.Pretraining;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods;

/// <summary>Pretraining, then centroids and Student's t assignments that follow a target: what the methods of the DEC family share. Each adds its loss.</summary>
internal abstract class DecFamilyMethod(DecFamilyOptions options, NetworkChoice choice, FirstBlockTap tap = FirstBlockTap.BeforePooling)
    : AutoencoderFamilyMethod(options, choice, tap)
{
    /// <summary>Whether the loss compares the rows of a batch with each other, so that a batch of a few rows would be of another kind.</summary>
    public virtual bool ComparesRows => false;

    /// <summary>What is trained after pretraining.</summary>
    protected virtual IEnumerable<Parameter> TrainedParameters => autoencoder.EncoderParameters.Append(centroids);

    /// <summary>The loss of a batch.</summary>
    /// <param name="batch">(n, input shape).</param>
    /// <param name="target">P of its rows, (n, k).</param>
    /// <param name="weights">Of its rows, (n), or null.</param>
    public abstract LossTerms Loss(Tensor batch, Tensor target, Tensor? weights = null);

    public override Tensor ReconstructionLoss(Tensor input, Tensor reconstruction, Tensor? weights = null)
        => ReconstructionError.MeanOverElements(input, reconstruction, weights);

    public override IEnumerable<TrainingPhase> Phases(TrainingContext context)
    {
        foreach (var phase in PretrainingPhase.Create(this, options, context))
            yield return phase;
        using var optimizer = new AdamOptimizer(TrainedParameters, options.LearningRate);
        using var clustering = new DecFamilyPhase(this, options, optimizer, context.Rows);
        yield return clustering;
    }

    /// <summary>z (n, p) -> Q (n, k).</summary>
    public Tensor SoftAssignments(Tensor embedding) => StudentAssignment.Compute(CentroidDistance.Squared(embedding, centroids));
}
