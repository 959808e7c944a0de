using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Checkpoints;

/// <summary>The checkpoint file of one training. It refuses a file of another training, and keeps the last whole file when writing fails.</summary>
internal sealed class CheckpointStore
{
    private readonly DeepClusteringOptions _options;
    private readonly TrainingIdentity _training;
    private readonly TrainingEnvironment _environment;
    private readonly string _path;

    /// <param name="path">The file.</param>
    /// <param name="options">The options of the training.</param>
    /// <param name="training">The training.</param>
    /// <param name="environment">Where warnings go.</param>
    /// <exception cref="DirectoryNotFoundException">The folder of the path is missing.</exception>
    /// <exception cref="ArgumentException">The path is a folder's.</exception>
    public CheckpointStore(string path, DeepClusteringOptions options, TrainingIdentity training, TrainingEnvironment environment)
    {
        (_options, _training, _environment) = (options, training, environment);
        _path = FullPathOf(path);
        foreach (var leftover in AtomicFile.Leftovers(_path))
            Deletion.TryDeleteFile(leftover);
    }

    /// <summary>The full path of the file.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder of the path is missing.</exception>
    /// <exception cref="ArgumentException">The path is a folder's.</exception>
    public static string FullPathOf(string path)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"CheckpointPath is {full}, but the folder {folder} does not exist; create it first.");
        return Directory.Exists(full) ? throw new ArgumentException($"CheckpointPath is {full}, which is a folder; name a file in it.") : full;
    }

    /// <summary>Reads the file; null when there is none.</summary>
    /// <exception cref="InvalidOperationException">It belongs to another training.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public Checkpoint? Read()
    {
        if (!File.Exists(_path))
            return null;
        Checkpoint checkpoint;
        IReadOnlyList<string> differences;
        try
        {
            checkpoint = CheckpointFile.Read(_path);
            differences = Differences(checkpoint.Header);
        }
        catch (InvalidDataException e)
        {
            throw Checkpoint.Unusable(_path, e);
        }

        var header = checkpoint.Header;
        if (differences.Count > 0)
        {
            throw new InvalidOperationException(
                $"The checkpoint {_path} belongs to another training: {string.Join("; ", differences)}. Train as it was begun, choose another CheckpointPath, or delete the file to begin anew.");
        }

        return checkpoint;
    }

    /// <summary>Warns of what may give a training that goes on from a checkpoint other bits than it had had without a break.</summary>
    public void WarnOfChanges(CheckpointHeader header)
    {
        if (header.Threads != get_num_threads())
            _environment.Warn($"The training was begun with {header.Threads} threads and goes on with {get_num_threads()}; its last bits will differ from those of a training without a break.");
        if (header.Device is { } device && device != Device)
            _environment.Warn($"The training was begun on {device} and goes on on {Device}; its last bits will differ from those of a training without a break.");
        if (header.Processor is { } processor && processor != ProcessorFeatures.Text)
            _environment.Warn("The training was begun on another kind of processor; its last bits may differ from those of a training without a break.");
        if (header.Version is { } version && version != LibraryVersion.Text)
            _environment.Warn($"The training was begun by version {Shown(version)} and goes on with {LibraryVersion.Text}; its model may differ from that of a training without a break.");
    }

    /// <summary>Writes the first checkpoint of a training, before its first epoch.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Begin(RunSelection runs, int seed)
    {
        try
        {
            Write(runs, [], seed, null, new());
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            throw new IOException($"CheckpointPath is {_path}, but that file cannot be written ({Explain(e)}); choose another path, or make room there.", e);
        }
    }

    /// <summary>Writes a checkpoint between two runs.</summary>
    /// <param name="runs">The runs that have ended.</param>
    /// <param name="names">Of the tensors of a method.</param>
    /// <param name="seed">The seed of the first run.</param>
    /// <exception cref="InvalidOperationException">A tensor of a run that is kept has been freed.</exception>
    public void Update(RunSelection runs, IReadOnlyList<string> names, int seed) => TryWrite(() => Write(runs, names, seed, null, new()));

    /// <summary>Writes a checkpoint during a run.</summary>
    /// <param name="runs">The runs that have ended.</param>
    /// <param name="names">Of the tensors of a method.</param>
    /// <param name="seed">The seed of the first run.</param>
    /// <param name="capture">Gives the state of the current run; its tensors may belong to the dispose scope of the call.</param>
    /// <exception cref="InvalidOperationException">A tensor has been freed.</exception>
    public void Update(RunSelection runs, IReadOnlyList<string> names, int seed, Func<(RunProgress, CheckpointTensors)> capture) => TryWrite(() =>
    {
        using var scope = NewDisposeScope();
        var (current, tensors) = capture();
        Write(runs, names, seed, current, tensors);
    });

    private IReadOnlyList<string> Differences(CheckpointHeader header)
    {
        try
        {
            var differences = _training.DifferencesFrom(header.Training, _options);
            return _options.Seed is { } seed && seed != header.Seed
                ? [.. differences, $"{nameof(DeepClusteringOptions.Seed)} is {seed}, and was {header.Seed}"]
                : differences;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"Its options cannot be read: {EntryJson.Explain(e)}.", e);
        }
    }

    // The text may be a stranger's.
    private static string Shown(string version) => version.Length <= 80 && !version.Any(char.IsControl) ? version : "?";

    // When the disk is full, say, the training goes on.
    private void TryWrite(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            _environment.Warn($"The checkpoint {_path} could not be written ({Explain(e)}); training goes on, and the last one that was written stays.");
        }
    }

    private void Write(RunSelection runs, IReadOnlyList<string> names, int seed, RunProgress? current, CheckpointTensors tensors)
    {
        int[] kept = [.. runs.Kept.Keys];
        for (var place = 0; place < kept.Length; place++)
            tensors.AddModule(CheckpointTensors.KeptRunAt(place), runs.Kept[kept[place]], names);
        var header = new CheckpointHeader(CheckpointFile.Format, _training, seed, get_num_threads(), runs.Records, kept.FirstOrDefault(-1), current)
        {
            FurtherKeptRuns = kept.Length > 1 ? kept[1..] : null,
            Device = Device,
            Processor = ProcessorFeatures.Text,
            Version = LibraryVersion.Text,
        };
        CheckpointFile.Write(_path, header, tensors.All);
    }

    private string Device => _environment.Device.type.ToString();

    private static bool IsOfTheDisk(Exception fault) => fault is IOException or UnauthorizedAccessException;

    // The user chose the path, and not the temporary file beside it, which the fault may name.
    private string Explain(Exception fault)
        => Regex.Replace(fault.Message, $@"\.({Regex.Escape(Path.GetFileName(_path))})\.[0-9a-f]{{32}}\.tmp", "$1").TrimEnd('.');
}
