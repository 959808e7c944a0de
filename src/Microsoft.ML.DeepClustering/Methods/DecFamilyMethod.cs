using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Methods.Pretraining;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods;

/// <summary>Pretraining, then centroids and Student's t assignments that follow a target: what the methods of the DEC family share. Each adds its loss.</summary>
internal abstract class DecFamilyMethod(DecFamilyOptions options, NetworkChoice choice, FirstBlockTap tap = FirstBlockTap.BeforePooling)
    : AutoencoderFamilyMethod(options, choice, tap)
{
    // Of the way from 1/k to 1: rows whose largest probability has not come so far in the mean belong to no cluster.
    private const double LeastBelonging = 0.1;

    /// <summary>Whether the loss compares the rows of a batch with each other, so that a batch of a few rows would be of another kind. That of <see cref="UnseenOptions"/> does too, but is 1 for two rows, whatever they are.</summary>
    public virtual bool ComparesRows => false;

    /// <summary>What is trained after pretraining.</summary>
    protected virtual IEnumerable<Parameter> TrainedParameters => autoencoder.EncoderParameters.Append(centroids);

    /// <summary>The loss of a batch.</summary>
    /// <param name="batch">(n, input shape).</param>
    /// <param name="target">P of its rows, (n, k); null for that of their own assignments.</param>
    /// <param name="weights">Of its rows, (n), or null.</param>
    public abstract LossTerms Loss(Tensor batch, Tensor? target, Tensor? weights = null);

    /// <summary>The loss of a batch's images and changed images together, for methods whose options have it.</summary>
    public virtual LossTerms PairLoss(TrainingBatch batch) => throw new NotSupportedException($"{options.MethodName} has no pair loss.");

    /// <summary>KL(P || Q): Xie et al. 2016, Equation 2. Without P the target of Q itself.</summary>
    protected static Tensor Divergence(Tensor? target, Tensor assignments, Tensor? weights)
        => AssignmentDivergence.Compute(target ?? TargetDistribution.Compute(assignments, weights), assignments, weights);

    /// <summary>The mean cross-entropy of the assignments of images and of changed images to the target of the images, of this batch: Miklautz et al. 2025.</summary>
    /// <param name="clean">z of the images, (n, p).</param>
    /// <param name="changed">z of the changed images, (n, p).</param>
    /// <param name="weights">Of the rows, (n), or null.</param>
    protected Tensor PairedCrossEntropy(Tensor clean, Tensor changed, Tensor? weights)
    {
        var assignments = SoftAssignments(clean);
        var target = TargetDistribution.Compute(assignments, weights);
        return AssignmentCrossEntropy.Compute(target, assignments, weights).Plus(AssignmentCrossEntropy.Compute(target, SoftAssignments(changed), weights)).Times(0.5);
    }

    public override Tensor ReconstructionLoss(Tensor input, Tensor reconstruction, Tensor? weights = null)
        => ReconstructionError.MeanOverElements(input, reconstruction, weights);

    public override IEnumerable<TrainingPhase> Phases(TrainingContext context)
    {
        foreach (var phase in PretrainingPhase.Create(this, options, context))
            yield return phase;
        using var optimizer = CreateOptimizer(options.Optimizer, TrainedParameters, options.LearningRate);
        using var clustering = new DecFamilyPhase(this, options, optimizer, context.Rows);
        yield return clustering;
    }

    /// <summary>Says where the training has formed no clusters.</summary>
    public override void Finish(TrainingContext context)
    {
        base.Finish(context);
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var assignments = MapAll(context, SoftAssignments);
        var (largest, uniform) = (assignments.amax(new[] { 1L }).mean().item<float>(), 1.0 / assignments.shape[1]);
        if (largest - uniform < LeastBelonging * (1 - uniform))
            context.Warn(FormattableString.Invariant($"The rows belong to their clusters with a probability of {largest:0.000} in the mean, where 1/k is {uniform:0.000}: the clustering loss has hardly acted. Raise LearningRate ({options.LearningRate}), without pretraining to 1e-3 or more, or NumberOfEpochs."));
    }

    /// <summary>z (n, p) -> Q (n, k).</summary>
    public Tensor SoftAssignments(Tensor embedding) => StudentAssignment.Compute(CentroidDistance.Squared(embedding, LivingCentroids()));
}
