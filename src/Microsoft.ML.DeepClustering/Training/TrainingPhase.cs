#nullable disable
using System.Collections.Immutable;
using Microsoft.ML.DeepClustering.Optimizers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>A stage of training with an objective and an optimiser of its own.</summary>
internal abstract class TrainingPhase
{
    /// <summary>The phase's name in messages and in the history.</summary>
    public abstract string Name { get; }

    /// <summary>The largest number of epochs, at least 1.</summary>
    public abstract int Epochs { get; }

    /// <summary>Rows a step.</summary>
    public abstract int BatchSize { get; }

    /// <summary>Whether the last batch of an epoch is left out when it is smaller than the others.</summary>
    public virtual bool DropsLastBatch => false;

    /// <summary>
    /// Epochs between evaluations of the loss in inference mode; the weights of the evaluated epoch of lowest loss are kept. The last
    /// epoch is always evaluated. 0: no other is.
    /// </summary>
    public virtual int EvaluationInterval => 0;

    /// <summary>Whether the method has clusters during the phase; before they are placed there is nothing to measure.</summary>
    public virtual bool HasClusters => true;

    /// <summary>
    /// The epochs of this phase when an earlier run has trained them and left its weights to this one; the phase then trains none. Null: it trains.
    /// </summary>
    public virtual IReadOnlyList<EpochRecord> Reused => null;

    /// <summary>Belongs to the method, which may pass it from phase to phase with its moments.</summary>
    public abstract ParameterOptimizer Optimizer { get; }

    /// <summary>The loss of a batch. It changes nothing: it is taken in evaluation too.</summary>
    public abstract LossTerms Loss(TrainingBatch batch);

    /// <summary>What a training step is to see in place of these rows, (n, ...) -> (n, ...). Evaluation sees the rows.</summary>
    public virtual Tensor See(Tensor rows, TrainingContext context) => rows;

    /// <summary>Between the backward pass and the step: clipping, for example.</summary>
    public virtual void AdjustGradients()
    {
    }

    /// <summary>Before a training step.</summary>
    public virtual void OnBatchStart(TrainingContext context)
    {
    }

    /// <summary>After a training step.</summary>
    public virtual void OnBatchEnd(TrainingBatch batch)
    {
    }

    /// <summary>Before the first epoch.</summary>
    public virtual void OnStart(TrainingContext context)
    {
    }

    /// <summary>
    /// What the phase remembers from epoch to epoch besides the weights, the optimiser's moments and the state of the generator. The tensors
    /// are the phase's own, or belong to the dispose scope of the call.
    /// </summary>
    public virtual IReadOnlyDictionary<string, Tensor> State() => ImmutableDictionary<string, Tensor>.Empty;

    /// <summary>Goes on with the epoch after the one that left this state; instead of <see cref="OnStart"/>.</summary>
    public virtual void Resume(IReadOnlyDictionary<string, Tensor> state, TrainingContext context)
    {
    }

    public virtual void OnEpochStart(TrainingContext context, int epoch)
    {
    }

    public virtual void OnEpochEnd(TrainingContext context, int epoch)
    {
    }

    /// <summary>Adds to the record of an epoch what the phase itself has counted in it.</summary>
    public virtual EpochRecord Complete(EpochRecord record) => record;

    /// <summary>After <see cref="OnEpochEnd"/>, with what was measured.</summary>
    public virtual void OnRecord(EpochRecord record)
    {
    }

    /// <summary>Asked after each epoch.</summary>
    public virtual bool HasConverged => false;

    /// <summary>A copy on the device of training that outlives the dispose scope; the caller frees it.</summary>
    protected static Tensor Kept(Tensor state, TrainingContext context)
    {
        using var scope = NewDisposeScope();
        return state.to(context.Data.Device).clone().DetachFromDisposeScope();
    }

    /// <summary>Scales each parameter's gradient to at most this norm, each by itself.</summary>
    protected static void ClipEach(IReadOnlyList<Parameter> parameters, double largestNorm)
    {
        foreach (var parameter in parameters)
            nn.utils.clip_grad_norm_(new[] { parameter }, largestNorm);
    }
}
