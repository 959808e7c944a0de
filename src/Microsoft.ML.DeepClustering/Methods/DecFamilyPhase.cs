using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Methods.Reclustering;
using Microsoft.ML.DeepClustering.Methods.Unseen;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods;

/// <summary>
/// The phase of the DEC family after pretraining: the method's loss, with a target of all rows that is updated every so often or the batch's own, until few rows
/// change their cluster from one update to the next. Xie et al. 2016, Section 3; Guo et al. 2017, Algorithm 1.
/// </summary>
internal sealed class DecFamilyPhase(DecFamilyMethod method, DecFamilyOptions options, ParameterOptimizer optimizer, long rows) : TrainingPhase, IDisposable
{
    // P, (rows, k), and the cluster of each row, (rows); from the first update on.
    private Tensor? _target;
    private Tensor? _labels;
    private readonly DyingClusters? _dying = method.CreateDyingClusters();

    // Steps since the target was last updated for another reason than their number.
    private long _iteration;
    private bool _settled;

    // Rows that had changed their cluster when the training settled.
    private long _changed;

    // Whether BRB breaks the training after the present epoch.
    private bool _breakAhead;

    public override string Name => "clustering";

    public override int Epochs { get; } = options.EpochsFor(rows);

    public override int BatchSize { get; } = options.BatchSizeFor(rows);

    public override bool DropsLastBatch => method.ComparesRows;

    public override ParameterOptimizer Optimizer => optimizer;

    public override bool HasConverged => _settled && !_breakAhead;

    public override LossTerms Loss(TrainingBatch batch)
        => options.HasPairLoss ? method.PairLoss(batch) : method.Loss(batch.Seen, options.HasBatchTarget ? null : _target!.index_select(0, batch.Indices), batch.Weights);

    public override Tensor See(Tensor rows, TrainingContext context) => method.Augment(rows, context);

    public override void OnStart(TrainingContext context)
    {
        ReclusteringBarrier.Begin(options.Brb, Epochs, context);
        method.InitializeCentroids(context);
        _dying?.Start(method.NearestClusters(context).DetachFromDisposeScope());
    }

    public override IReadOnlyDictionary<string, Tensor> State()
    {
        var state = new Dictionary<string, Tensor> { [nameof(_iteration)] = tensor(_iteration, dtype: ScalarType.Int64, device: CPU) };
        if (IsUpdated)
            (state[nameof(_target)], state[nameof(_labels)]) = (_target!, _labels!);
        if (_dying is not null)
            state[nameof(_dying)] = _dying.Reference;
        return state;
    }

    public override void Resume(IReadOnlyDictionary<string, Tensor> state, TrainingContext context)
    {
        if (IsUpdated)
        {
            _target = Kept(state[nameof(_target)], context, context.Rows, _dying?.Left() ?? options.NumberOfClusters);
            _labels = KeptLabels(state[nameof(_labels)], context, options.NumberOfClusters);
        }

        Require(state[nameof(_iteration)], ScalarType.Int64, []);
        _iteration = state[nameof(_iteration)].item<long>();
        _dying?.Start(KeptLabels(state[nameof(_dying)], context, options.NumberOfClusters));
    }

    public override void OnEpochStart(TrainingContext context, int epoch)
    {
        if (options.Brb is not { } brb)
            return;
        _breakAhead = brb.IsAhead(epoch, Epochs);
        if (!brb.IsDue(epoch))
            return;
        ReclusteringBarrier.Break(method, brb, optimizer, context, epoch);
        BeginAnew(context);
        if (brb.MovesRows)
            _dying?.Start(method.NearestClusters(context).DetachFromDisposeScope());
    }

    public override void OnEpochEnd(TrainingContext context, int epoch)
    {
        if (_dying is not null && _dying.Update(() => method.NearestClusters(context), () => method.NearestClusters(context), context.Log))
            BeginAnew(context);
        if (HasConverged)
            context.Log($"{_changed} of {context.Rows} rows have changed their cluster from one update of the target to the next, fewer than LabelChangeTolerance allows; training ends with this epoch.");
    }

    public override EpochRecord Complete(EpochRecord record) => _dying?.Complete(record) ?? record;

    public override void OnBatchStart(TrainingContext context)
    {
        if (IsUpdated && (_labels is null || (_iteration > 0 && _iteration % StepsBetweenUpdates(context) == 0)))
            UpdateTarget(context);
        _iteration++;
    }

    public void Dispose()
    {
        Forget();
        _dying?.Dispose();
    }

    private void Forget()
    {
        _target?.Dispose();
        _labels?.Dispose();
        (_target, _labels) = (null, null);
    }

    // The clusters are others now: there is nothing to compare the next ones with, and the steps to the next update are counted from here.
    private void BeginAnew(TrainingContext context)
    {
        Forget();
        (_settled, _iteration) = (false, 0);
        if (IsUpdated)
            UpdateTarget(context);
    }

    // Whether the target of all rows or the number of changed labels is used at all.
    private bool IsUpdated => !options.HasBatchTarget || options.LabelChangeTolerance > 0;

    private long StepsBetweenUpdates(TrainingContext context) => options.StepsBetweenUpdates(Batches(context.Rows).Count);

    // P of all rows, and the share of them whose cluster is another than at the last update.
    private void UpdateTarget(TrainingContext context)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var assignments = method.MapAll(context, method.SoftAssignments);
        var labels = assignments.argmax(1L);
        if (_labels is not null && !_settled)
        {
            _changed = labels.ne(_labels).sum(ScalarType.Int64).item<long>();
            _settled = _changed < options.LabelChangeTolerance * context.Rows;
        }

        Forget();
        (_target, _labels) = (TargetDistribution.Compute(assignments, context.Data.Weights).DetachFromDisposeScope(), labels.DetachFromDisposeScope());
    }
}
