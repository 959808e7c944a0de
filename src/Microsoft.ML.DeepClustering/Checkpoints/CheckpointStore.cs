#nullable disable
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Checkpoints;

/// <summary>The checkpoint of one training: refuses one of another training, and keeps the last whole one when writing fails.</summary>
internal sealed class CheckpointStore
{
    private readonly DeepClusteringOptions _options;
    private readonly TrainingIdentity _training;
    private readonly TrainingEnvironment _environment;
    private readonly string _path;

    /// <param name="options">Have the path.</param>
    /// <param name="training">What is trained.</param>
    /// <param name="environment">Where warnings go.</param>
    /// <exception cref="DirectoryNotFoundException">The folder of the path is missing.</exception>
    public CheckpointStore(DeepClusteringOptions options, TrainingIdentity training, TrainingEnvironment environment)
    {
        (_options, _training, _environment) = (options, training, environment);
        _path = Path.GetFullPath(options.CheckpointPath);
        var folder = Path.GetDirectoryName(_path);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"CheckpointPath is {_path}, but the folder {folder} does not exist; create it first.");
        if (Directory.Exists(_path))
            throw new ArgumentException($"CheckpointPath is {_path}, which is a folder; name a file in it.");
        foreach (var leftover in AtomicFile.Leftovers(_path))
            File.Delete(leftover);
    }

    /// <summary>The checkpoint that is there, or null.</summary>
    /// <exception cref="InvalidOperationException">It belongs to another training.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public Checkpoint Read()
    {
        if (!File.Exists(_path))
            return null;
        Checkpoint checkpoint;
        try
        {
            checkpoint = CheckpointFile.Read(_path);
        }
        catch (InvalidDataException e)
        {
            throw Checkpoint.Unusable(_path, e);
        }

        var header = checkpoint.Header;
        var differences = _training.DifferencesFrom(header.Training).ToList();
        if (_options.Seed is { } seed && seed != header.Seed)
            differences.Add($"{nameof(DeepClusteringOptions.Seed)} is {seed}, and was {header.Seed}");
        if (differences.Count > 0)
        {
            throw new InvalidOperationException(
                $"The checkpoint {_path} belongs to another training: {string.Join("; ", differences)}. Train as it was begun, choose another CheckpointPath, or delete the file to begin anew.");
        }

        if (header.Threads != get_num_threads())
            _environment.Warn($"The training was begun with {header.Threads} threads and goes on with {get_num_threads()}; its last bits will differ from those of a training without a break.");
        return checkpoint;
    }

    /// <summary>Writes the first checkpoint of a training, before its first epoch.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Begin(RunSelection runs, int seed) => Write(runs, seed, null, new());

    /// <summary>Writes a checkpoint between two runs.</summary>
    public void Update(RunSelection runs, int seed) => TryWrite(() => Write(runs, seed, null, new()));

    /// <summary>Writes a checkpoint of a run under way, if one is due.</summary>
    /// <param name="runs">The runs that have ended.</param>
    /// <param name="seed">The seed of the first run.</param>
    /// <param name="progress">Where the phase stands.</param>
    /// <param name="state">The state of the run under way; its tensors may belong to the dispose scope of the call.</param>
    public void Update(RunSelection runs, int seed, PhaseProgress progress, Func<(RunProgress, CheckpointTensors)> state)
    {
        if (!progress.HasEnded && progress.Epoch % _options.CheckpointInterval != 0)
            return;
        TryWrite(() =>
        {
            using var scope = NewDisposeScope();
            var (current, tensors) = state();
            Write(runs, seed, current, tensors);
        });
    }

    // When the disk is full, say, the training goes on.
    private void TryWrite(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _environment.Warn($"The checkpoint {_path} could not be written ({e.Message.TrimEnd('.')}); training goes on, and the last one that was written stays.");
        }
    }

    private void Write(RunSelection runs, int seed, RunProgress current, CheckpointTensors tensors)
    {
        if (runs.Best is { } best)
            tensors.Add(CheckpointTensors.KeptRun, best.state_dict());
        var header = new CheckpointHeader(CheckpointFile.Format, _training, seed, get_num_threads(), runs.Records, runs.BestIndex, current);
        CheckpointFile.Write(_path, header, tensors.All);
    }
}
