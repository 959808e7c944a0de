using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Training.Listeners;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>One training from a random start: the phases of a method in their order.</summary>
internal sealed class Run : IDisposable
{
    private readonly DeepClusteringOptions _options;
    private readonly TrainingEnvironment _environment;
    private readonly ICheckpointer _checkpointer;
    private readonly int _seed;
    private readonly LogListener _log;
    private readonly HistoryListener _history = new();
    private readonly MismatchProbe? _mismatch;
    private readonly TrainingLoop _loop;
    private bool _ownsMethod = true;

    /// <param name="options">The method and its settings.</param>
    /// <param name="shape">The shape of a sample.</param>
    /// <param name="environment">Where to train; its seed is that of the first run.</param>
    /// <param name="data">Prepared features.</param>
    /// <param name="classes">Of each row, or null.</param>
    /// <param name="index">0 for the first run.</param>
    /// <param name="checkpointer">Saves the run after each epoch, and restores it.</param>
    public Run(
        DeepClusteringOptions options, InputShape shape, TrainingEnvironment environment, TrainingRows data, IReadOnlyList<int>? classes, int index, ICheckpointer checkpointer)
    {
        (_options, _environment, _checkpointer, Index) = (options, environment, checkpointer, index);
        _seed = unchecked(environment.Seed + index);
        _log = new LogListener(index + 1, options.NumberOfRuns, environment.Log);
        Method = options.CreateMethod(shape);
        TensorNames = [.. Method.state_dict().Keys];
        Best = new BestEpoch(Method);
        var generator = new Generator((ulong)(uint)_seed);
        Context = new TrainingContext(data, generator, environment.Log, environment.Warn, options.CancellationToken) { Epochs = _history.Epochs };
        try
        {
            Method.Initialize(generator);
            if (environment.Device.type != DeviceType.CPU)
                Method.to(environment.Device);
            _mismatch = options.RecordMismatch ? new MismatchProbe(Method) : null;
            _loop = new TrainingLoop(Method, Context, Listeners(classes).ToList());
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What a run is called at the start of a sentence.</summary>
    /// <param name="index">0 for the first run.</param>
    /// <param name="runs">The number of runs.</param>
    public static string NameOf(int index, int runs) => $"Run {index + 1} of {runs}";

    /// <summary>0 for the first run.</summary>
    public int Index { get; }

    /// <summary>What is trained.</summary>
    public ClusteringMethod Method { get; }

    /// <summary>The names of all weights and buffers of the method. Its state leaves out those that have been freed.</summary>
    public IReadOnlyList<string> TensorNames { get; }

    /// <summary>The data, the randomness and the history of the run.</summary>
    public TrainingContext Context { get; }

    /// <summary>Keeps the weights of the current phase's best epoch.</summary>
    public BestEpoch Best { get; }

    /// <summary>The index of the current phase.</summary>
    public int PhaseIndex { get; private set; }

    /// <summary>The current phase; null before the first.</summary>
    public TrainingPhase? Phase { get; private set; }

    /// <summary>How far the current phase has come; null when it is not trained.</summary>
    public PhaseProgress? Progress { get; private set; }

    /// <summary>Trains all phases. A run that diverges ends early, with the best epoch before that.</summary>
    public RunRecord Train()
    {
        string? failure = null;
        try
        {
            TrainPhases();
            Method.Finish(Context);
        }
        catch (TrainingDivergedException diverged)
        {
            failure = diverged.Message;
            EndEarly(failure);
        }

        if (_mismatch is not null && _history.Epochs.TrueForAll(e => e.Mismatch is null))
            _environment.Warn($"RecordMismatch is true, but no phase of {_options.MethodName} has both a clustering and an auxiliary objective with these options; no mismatch is recorded.");
        return new RunRecord(_seed, Best.Kept.Loss, Best.Kept.Epoch, _history.Epochs, failure) { FailedPhase = failure is null ? null : Phase?.Name };
    }

    /// <summary>Hands over the method; the caller frees it.</summary>
    public ClusteringMethod TakeMethod()
    {
        _ownsMethod = false;
        return Method;
    }

    /// <summary>Takes up what an earlier process has recorded of the run, whose kept weights the method has now.</summary>
    public void Resume(IReadOnlyList<EpochRecord> epochs, KeptEpoch kept)
    {
        _history.Epochs.AddRange(epochs);
        if (kept.Epoch > 0)
            Best.Resume(kept);
    }

    public void Dispose()
    {
        if (_ownsMethod)
            Method.Dispose();
        _mismatch?.Dispose();
        Best.Dispose();
        Context.Generator.Dispose();
    }

    private IEnumerable<ITrainingListener> Listeners(IReadOnlyList<int>? classes)
    {
        yield return _log;
        yield return _history;
        yield return new CollapseProbe(Method, Context, _options);
        yield return Best;
        if (_mismatch is not null)
            yield return _mismatch;
        if (_options.RecordPerformance)
            yield return new PerformanceProbe(Method, Context, _options, classes);
        if (_options.Progress is { } progress)
            yield return new ProgressListener(Index + 1, _options.NumberOfRuns, record => _environment.Call(() => progress.Report(record)));
        yield return new MemoryListener();
    }

    private void TrainPhases()
    {
        foreach (var phase in Method.Phases(Context))
        {
            Phase = phase;
            if (!_checkpointer.IsPast(this))
                Pass(phase);
            PhaseIndex++;
        }
    }

    private void Pass(TrainingPhase phase)
    {
        if (phase.Reused is { } epochs)
        {
            _checkpointer.Skip(this);
            TakeOver(phase, epochs);
        }
        else
        {
            Train(phase);
        }
    }

    private void Train(TrainingPhase phase)
    {
        using var progress = _checkpointer.Restore(this) ?? Start(phase);
        Progress = progress;
        if (!progress.HasEnded)
            _log.OnStart(phase, Context.Rows);
        foreach (var record in _loop.Train(phase, progress))
        {
            TrainingDivergedException.ThrowIfNotFinite(record);
            _checkpointer.Save(this);
        }

        Best.Restore();
    }

    private PhaseProgress Start(TrainingPhase phase)
    {
        Best.Begin();
        return PhaseProgress.Start(phase, Context);
    }

    private void TakeOver(TrainingPhase phase, IReadOnlyList<EpochRecord> epochs)
    {
        Best.Begin();
        foreach (var record in epochs)
        {
            _history.OnEpochEnd(phase, record);
            Best.OnEpochEnd(phase, record);
        }

        _log.OnReused(phase, epochs.Count);
        Best.Restore();
    }

    // Before there are clusters the weights are of no use as a model.
    private void EndEarly(string why)
    {
        if (Phase is not { HasClusters: true })
            Best.Begin();
        Best.Restore();
        var kept = Best.Kept.Epoch > 0 ? $"the weights after epoch {Best.Kept.Epoch} of {Phase?.Name} are kept" : "it gave no model";
        _environment.Warn($"{NameOf(Index, _options.NumberOfRuns)} ended early: {why}; {kept}.");
    }
}
