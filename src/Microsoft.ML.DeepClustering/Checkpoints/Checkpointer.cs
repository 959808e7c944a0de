using System.Diagnostics;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering.Checkpoints;

/// <summary>Saves a training to the file that its options name, and takes it up from there.</summary>
internal sealed class Checkpointer : ICheckpointer
{
    private readonly DeepClusteringOptions _options;
    private readonly InputShape _shape;
    private readonly RunSelection _runs;
    private readonly TrainingEnvironment _environment;
    private readonly CheckpointStore _store;
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private int _seed;

    // What was read, until the training goes on from there.
    private Checkpoint? _pending;

    private Checkpointer(DeepClusteringOptions options, InputShape shape, RunSelection runs, TrainingEnvironment environment, CheckpointStore store)
    {
        (_options, _shape, _runs, _environment, _store) = (options, shape, runs, environment, store);
        _pending = store.Read();
    }

    /// <summary>What opens the checkpoint of a training; null when its options name no file.</summary>
    /// <param name="options">The options.</param>
    /// <param name="shape">The shape of a sample.</param>
    /// <param name="classes">Of each row, or null.</param>
    public static CheckpointerFactory? CreateFactory(DeepClusteringOptions options, InputShape shape, IReadOnlyList<int>? classes) => options.CheckpointPath is not { } path
        ? null
        : (runs, features, environment) =>
        {
            var identity = TrainingIdentity.Compute(options, shape, features, classes);
            return new Checkpointer(options, shape, runs, environment, new CheckpointStore(path, options, identity, environment));
        };

    public int Begin(int seed)
    {
        // A seed that was drawn is drawn anew in each process.
        _seed = _pending?.Header.Seed ?? seed;
        if (_pending is { } checkpoint)
            RestoreFinishedRuns(checkpoint);
        else
            _store.Begin(_runs, _seed);
        if (_pending is { Header.Current: null })
            _pending = null;
        return _seed;
    }

    public bool IsPast(Run run) => _pending?.Header.Current is { } current && run.PhaseIndex < current.Phase;

    public PhaseProgress? Restore(Run run)
    {
        if (_pending is not { Header.Current: { } current } checkpoint)
            return null;
        _pending = null;
        if (current.Epochs is not [.., { } last] || last.Phase != run.Phase!.Name || last.Epoch != current.Epoch)
            throw checkpoint.Damaged($"Its run is said to be in epoch {current.Epoch} of phase {current.Phase}, the {run.Phase!.Name} of {_options.MethodName}, and its last epoch is another.");
        RunState.RestoreRun(checkpoint, current, run);
        _environment.Log($"Training is taken up from {checkpoint.Path}: run {run.Index + 1} of {_options.NumberOfRuns}, after epoch {current.Epoch} of {last.Phase}.");
        return RunState.RestorePhase(checkpoint, current, run);
    }

    public void Skip(Run run) => _pending = null;

    public void Save(Run run)
    {
        if (!run.Progress!.HasEnded && (run.Progress.Epoch % _options.CheckpointInterval != 0 || _sinceLast.Elapsed < _options.CheckpointPeriod))
            return;
        _store.Update(_runs, run.TensorNames, _seed, () => RunState.Capture(run));
        _sinceLast.Restart();
    }

    public void Finish(Run run)
    {
        if (_pending is { Header.Current: { } current } checkpoint)
            throw checkpoint.Damaged($"Its run is said to be in phase {current.Phase}, counted from 0, and {_options.MethodName} has no such phase.");
        _store.Update(_runs, run.TensorNames, _seed);
    }

    // And the weights of those that may still be the best.
    private void RestoreFinishedRuns(Checkpoint checkpoint)
    {
        var header = checkpoint.Header;
        _runs.Resume(header.FinishedRuns, header.AllKept.Select((run, place) => KeyValuePair.Create(run, KeptMethod.Create(checkpoint, place, _options, _shape, _environment.Device))));
        if (header.FinishedRuns.Count >= _options.NumberOfRuns && _runs.Kept.Count > 0)
            _environment.Log($"The training had ended; its model is read from {checkpoint.Path}. Delete that file to train anew.");
        else
            _store.WarnOfChanges(header);
    }
}
