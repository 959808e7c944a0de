#nullable disable
using Microsoft.ML.DeepClustering.Checkpoints;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training.Listeners;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>One training from a random start. It can be taken up where an earlier process left it.</summary>
internal sealed class SingleRun : IDisposable
{
    private readonly DeepClusteringOptions _options;
    private readonly TrainingEnvironment _environment;
    private readonly int _index;
    private readonly int _seed;
    private readonly Generator _generator;
    private readonly TrainingContext _context;
    private readonly HistoryListener _history = new();
    private readonly BestEpoch _best;
    private readonly MismatchProbe _mismatch;
    private readonly List<ITrainingListener> _listeners;
    private ClusteringMethod _method;
    private int _phaseIndex;
    private TrainingPhase _phase;

    /// <param name="options">The method and its settings.</param>
    /// <param name="shape">The shape of a sample.</param>
    /// <param name="environment">Where to train; its seed is that of the first run.</param>
    /// <param name="data">Prepared features.</param>
    /// <param name="classes">Of each row, or null.</param>
    /// <param name="index">0 for the first run.</param>
    public SingleRun(
        DeepClusteringOptions options, InputShape shape, TrainingEnvironment environment, TrainingRows data, IReadOnlyList<int> classes, int index)
    {
        (_options, _environment, _index) = (options, environment, index);
        _seed = unchecked(environment.Seed + index);
        _generator = new Generator((ulong)(uint)_seed);
        try
        {
            _method = options.CreateMethod(shape);
            _method.Initialize(_generator);
            if (environment.Device.type != DeviceType.CPU)
                _method.to(environment.Device);
            _context = new TrainingContext(data, _generator, environment.Log, environment.Warn, options.CancellationToken);
            _best = new BestEpoch(_method);
            _mismatch = options.RecordMismatch ? new MismatchProbe(_method) : null;
            _listeners = Listeners(classes).ToList();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Called when the run could be left: how far it has come, and all tensors that it needs to go on.</summary>
    public Action<PhaseProgress, Func<(RunProgress, CheckpointTensors)>> AfterEpoch { get; init; }

    /// <summary>Trains all phases, from the start or from where a checkpoint left this run.</summary>
    public RunRecord Train(Checkpoint checkpoint = null)
    {
        string failure = null;
        try
        {
            RunPhases(checkpoint);
            _method.Finish(_context);
        }
        catch (TrainingDivergedException diverged)
        {
            failure = diverged.Message;
            EndEarly(failure);
        }

        if (_mismatch is not null && _history.Epochs.TrueForAll(e => e.Mismatch is null))
            _environment.Warn($"RecordMismatch is true, but no phase of {_options.MethodName} has both a clustering and an auxiliary objective with these options; no mismatch is recorded.");
        return new RunRecord(_seed, _best.Kept.Loss, _best.Kept.Epoch, _history.Epochs, failure);
    }

    /// <summary>The method, which is the caller's from here on.</summary>
    public ClusteringMethod TakeMethod()
    {
        var method = _method;
        _method = null;
        return method;
    }

    public void Dispose()
    {
        _method?.Dispose();
        _mismatch?.Dispose();
        _best?.Dispose();
        _generator.Dispose();
    }

    private IEnumerable<ITrainingListener> Listeners(IReadOnlyList<int> classes)
    {
        yield return new LogListener(_index + 1, _options.NumberOfRuns, _environment.Log);
        yield return _history;
        yield return new CollapseProbe(_method, _context, _options);
        yield return _best;
        yield return new DivergenceGuard();
        if (_mismatch is not null)
            yield return _mismatch;
        if (_options.RecordPerformance)
            yield return new PerformanceProbe(_method, _context, _options, classes);
        if (_options.Progress is { } progress)
            yield return new ProgressListener(_index + 1, _options.NumberOfRuns, record => _environment.Call(() => progress.Report(record)));
        yield return new MemoryListener();
    }

    private void RunPhases(Checkpoint checkpoint)
    {
        if (checkpoint is not null)
            ResumeRun(checkpoint);
        var first = checkpoint?.Header.Current.Phase ?? 0;
        foreach (var phase in _method.Phases(_context))
        {
            _phase = phase;
            if (_phaseIndex >= first)
                RunPhase(phase, _phaseIndex == first ? checkpoint : null);
            _phaseIndex++;
        }
    }

    private void RunPhase(TrainingPhase phase, Checkpoint checkpoint)
    {
        PhaseProgress resumed = null;
        if (checkpoint is null)
            _best.Begin();
        else
            resumed = ResumePhase(phase, checkpoint);
        new TrainingLoop(_method, _context, _listeners, (_, progress) => AfterEpoch?.Invoke(progress, () => (Progress(progress), Tensors(progress)))).Run(phase, resumed);
        _best.Restore();
    }

    private RunProgress Progress(PhaseProgress progress) => new(_phaseIndex, progress.Epoch, progress.HasEnded, _best.Kept, _history.Epochs);

    private CheckpointTensors Tensors(PhaseProgress progress)
    {
        var tensors = new CheckpointTensors();
        tensors.Add(CheckpointTensors.Weights, _method.state_dict());
        tensors.Add(CheckpointTensors.KeptEpoch, _best.Weights);
        tensors.Add(CheckpointTensors.Optimizer, _phase.Optimizer.State());
        tensors.Add(CheckpointTensors.Phase, _phase.State());
        tensors.Add(CheckpointTensors.Run, CheckpointTensors.Generator, _generator.get_state());
        tensors.Add(CheckpointTensors.Run, CheckpointTensors.EvaluationOrder, progress.EvaluationOrder);
        return tensors;
    }

    // What does not belong to a phase.
    private void ResumeRun(Checkpoint checkpoint)
    {
        var current = checkpoint.Header.Current;
        _history.Epochs.AddRange(current.Epochs);
        if (current.Kept.Epoch > 0)
        {
            checkpoint.CopyTo(CheckpointTensors.KeptEpoch, _method.state_dict());
            _best.Resume(current.Kept);
        }

        checkpoint.CopyTo(CheckpointTensors.Weights, _method.state_dict());
        _environment.Log($"Training is taken up from {checkpoint.Path}: run {_index + 1} of {_options.NumberOfRuns}, after epoch {current.Epoch} of {current.Epochs[^1].Phase}.");
    }

    private PhaseProgress ResumePhase(TrainingPhase phase, Checkpoint checkpoint)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        phase.Optimizer.Restore(moments => checkpoint.CopyTo(CheckpointTensors.Optimizer, moments));
        var run = checkpoint.Make(CheckpointTensors.Run);
        try
        {
            phase.Resume(checkpoint.Make(CheckpointTensors.Phase), _context);
            _generator.set_state(run[CheckpointTensors.Generator]);
            var order = run[CheckpointTensors.EvaluationOrder].to(_context.Data.Device).MoveToOuterDisposeScope();
            return new(checkpoint.Header.Current.Epoch, checkpoint.Header.Current.HasEnded, order);
        }
        catch (KeyNotFoundException e)
        {
            throw Checkpoint.Unusable(checkpoint.Path, e);
        }
    }

    // Before there are clusters the weights are of no use as a model.
    private void EndEarly(string why)
    {
        if (!_phase.HasClusters)
            _best.Begin();
        _best.Restore();
        var kept = _best.Kept.Epoch > 0 ? $"the weights after epoch {_best.Kept.Epoch} of {_phase.Name} are kept" : "it gave no model";
        _environment.Warn($"Run {_index + 1} of {_options.NumberOfRuns} ended early: {why}; {kept}.");
    }
}
