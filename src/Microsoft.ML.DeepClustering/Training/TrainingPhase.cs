using System.Collections.Immutable;
using Microsoft.ML.DeepClustering.Optimizers;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>A stage of training with an objective and an optimiser of its own.</summary>
internal abstract class TrainingPhase
{
    /// <summary>The phase's name in messages and in the history.</summary>
    public abstract string Name { get; }

    /// <summary>The maximum number of epochs, 1 or more.</summary>
    public abstract int Epochs { get; }

    /// <summary>Rows a training step.</summary>
    public abstract int BatchSize { get; }

    /// <summary>Whether an epoch leaves out its last batch when that is smaller than the others. Default: false.</summary>
    public virtual bool DropsLastBatch => false;

    /// <summary>
    /// Epochs between evaluations of the loss in inference mode; the weights of the evaluated epoch of lowest loss are kept. The last
    /// epoch is always evaluated. Default: 0, no other is.
    /// </summary>
    public virtual int EvaluationInterval => 0;

    /// <summary>Whether the method has clusters during the phase; before they are placed there is nothing to measure. Default: true.</summary>
    public virtual bool HasClusters => true;

    /// <summary>
    /// The records of the phase's epochs when another training has trained them and the method has the weights that it left; the run then takes
    /// them over and trains none. Default: null, the phase is trained.
    /// </summary>
    public virtual IReadOnlyList<EpochRecord>? Reused => null;

    /// <summary>The optimiser; the method owns it and may pass it from phase to phase with its moments.</summary>
    public abstract ParameterOptimizer Optimizer { get; }

    /// <summary>The loss of a batch as named terms. It changes nothing: it is computed in evaluation too.</summary>
    public abstract LossTerms Loss(TrainingBatch batch);

    /// <summary>What a training step sees in place of the rows, (n, ...) -> (n, ...): augmented images, for example. Evaluation sees the rows.</summary>
    public virtual Tensor See(Tensor rows, TrainingContext context) => rows;

    /// <summary>Called between the backward pass and the step: to clip gradients, for example.</summary>
    public virtual void AdjustGradients()
    {
    }

    /// <summary>Called before a training step.</summary>
    public virtual void OnBatchStart(TrainingContext context)
    {
    }

    /// <summary>Called after a training step.</summary>
    /// <param name="batch">The rows of the step.</param>
    /// <param name="terms">Their loss before the step, with what <see cref="Loss"/> added for this call.</param>
    public virtual void OnBatchEnd(TrainingBatch batch, LossTerms terms)
    {
    }

    /// <summary>Called before the first epoch.</summary>
    public virtual void OnStart(TrainingContext context)
    {
    }

    /// <summary>
    /// What the phase remembers from epoch to epoch besides the weights, the optimiser's moments and the state of the generator. The tensors
    /// are the phase's own, or belong to the dispose scope of the call.
    /// </summary>
    public virtual IReadOnlyDictionary<string, Tensor> State() => ImmutableDictionary<string, Tensor>.Empty;

    /// <summary>Takes up what <see cref="State"/> gave after an epoch; called instead of <see cref="OnStart"/>.</summary>
    public virtual void Resume(IReadOnlyDictionary<string, Tensor> state, TrainingContext context)
    {
    }

    /// <summary>Called before the first batch of an epoch.</summary>
    /// <param name="context">The run.</param>
    /// <param name="epoch">From 1.</param>
    public virtual void OnEpochStart(TrainingContext context, int epoch)
    {
    }

    /// <summary>Called after the last batch of an epoch, before its evaluation; not when a loss was not finite.</summary>
    /// <param name="context">The run.</param>
    /// <param name="epoch">From 1.</param>
    public virtual void OnEpochEnd(TrainingContext context, int epoch)
    {
    }

    /// <summary>Adds to the record of an epoch what the phase itself has counted in it.</summary>
    public virtual EpochRecord Complete(EpochRecord record) => record;

    /// <summary>Whether the phase ends before its maximum number of epochs; asked once, after each epoch. Default: false.</summary>
    public virtual bool HasConverged => false;

    /// <summary>The optimiser's moments by name; later steps change the tensors.</summary>
    public IReadOnlyDictionary<string, Tensor> OptimizerState() => Optimizer.State();

    /// <summary>Takes up the moments of an optimiser of the same parameters.</summary>
    /// <param name="copyTo">Fills the tensors that it is given, by their names in <see cref="OptimizerState"/>.</param>
    public void RestoreOptimizer(Action<IReadOnlyDictionary<string, Tensor>> copyTo) => Optimizer.Restore(copyTo);

    /// <summary>Whether the loss is evaluated after an epoch that is not the last.</summary>
    public bool IsEvaluatedAfter(int epoch) => EvaluationInterval > 0 && epoch % EvaluationInterval == 0;

    /// <summary>Where each batch of an epoch lies in the order of the rows.</summary>
    /// <param name="rows">Of the data; when they are fewer than <see cref="BatchSize"/>, all are one batch.</param>
    public IReadOnlyList<(long Start, long Size)> Batches(long rows)
    {
        var size = Math.Min(BatchSize, rows);
        var batches = new List<(long, long)>();
        for (var start = 0L; start < rows; start += size)
        {
            var rest = Math.Min(size, rows - start);
            if (rest == size || !DropsLastBatch)
                batches.Add((start, rest));
        }

        return batches;
    }

    /// <summary>A copy on the device of training that outlives the dispose scope; the caller frees it.</summary>
    /// <param name="state">What <see cref="State"/> gave, or a file that claims so.</param>
    /// <param name="context">The run.</param>
    /// <param name="shape">That it must have.</param>
    /// <exception cref="InvalidDataException">It has another shape, or other numbers than float32.</exception>
    protected static Tensor Kept(Tensor state, TrainingContext context, params long[] shape) => Kept(state, context, ScalarType.Float32, shape);

    /// <summary>The same of the clusters of all rows, (n) of int64.</summary>
    /// <exception cref="InvalidDataException">They are not those of n rows in k clusters.</exception>
    protected static Tensor KeptLabels(Tensor state, TrainingContext context, long clusters)
    {
        var labels = Kept(state, context, ScalarType.Int64, [context.Rows]);
        if (labels.min().item<long>() >= 0 && labels.max().item<long>() < clusters)
            return labels;
        labels.Dispose();
        throw new InvalidDataException($"Its clusters of rows are not from 0 to {clusters - 1}.");
    }

    /// <summary>Numbers that the phase counts with, of int64 or float64.</summary>
    /// <exception cref="InvalidDataException">They are others, or not so many.</exception>
    protected static T[] Numbers<T>(Tensor state, int count)
        where T : unmanaged
    {
        Require(state, typeof(T) == typeof(long) ? ScalarType.Int64 : ScalarType.Float64, [count]);
        return state.data<T>().ToArray();
    }

    /// <summary>Checks what a file claims to be a tensor of the phase.</summary>
    /// <exception cref="InvalidDataException">It has another type or shape.</exception>
    internal static void Require(Tensor state, ScalarType type, long[] shape)
    {
        if (state.dtype != type || !state.shape.SequenceEqual(shape))
            throw new InvalidDataException($"A tensor of its phase is {state.dtype} of shape ({string.Join(", ", state.shape)}), and not {type} of ({string.Join(", ", shape)}).");
    }

    private static Tensor Kept(Tensor state, TrainingContext context, ScalarType type, long[] shape)
    {
        Require(state, type, shape);
        using var scope = NewDisposeScope();
        return state.to(context.Data.Device).clone().DetachFromDisposeScope();
    }
}
