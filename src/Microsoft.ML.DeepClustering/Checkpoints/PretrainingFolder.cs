using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Checkpoints;

/// <summary>
/// Pretrained networks in a folder, each a checkpoint of a run that has just ended its pretraining, with a key in the place of the method's name. The key, which names the file too, says what the
/// pretraining began from and what it did, on which data and with what, so that a file is right or is not there.
/// </summary>
internal sealed class PretrainingFolder : IPretrainedNetworks
{
    private const string Extension = ".pretrained";

    // Before the key in the place of the method's name, so that a training that is given the file as its checkpoint can say what it is.
    private const string Kind = "a pretrained autoencoder, ";
    private const int NameLength = 32;

    private readonly string _folder;
    private readonly TrainingRows _features;
    private readonly Lazy<TrainingIdentity> _training;

    private PretrainingFolder(string folder, TrainingRows features, Func<TrainingIdentity> training) => (_folder, _features, _training) = (folder, features, new(training));

    /// <summary>The folder that the options name, or null.</summary>
    /// <param name="options">The options.</param>
    /// <param name="shape">The shape of a sample.</param>
    /// <param name="features">All rows on the CPU, as they were read; the first run that comes to its pretraining takes a pass over them.</param>
    /// <exception cref="DirectoryNotFoundException">The folder is missing.</exception>
    public static PretrainingFolder? Open(DeepClusteringOptions options, InputShape shape, TrainingRows features)
        // Pretraining never sees the classes.
        => PathOf(options) is { } folder ? new(folder, features, () => TrainingIdentity.Compute(options, shape, features, classes: null)) : null;

    /// <summary>The full path of the folder that the options name, or null.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder is missing.</exception>
    public static string? PathOf(DeepClusteringOptions options)
    {
        if (options.FolderOfPretraining is not { } path)
            return null;
        var folder = Path.GetFullPath(path);
        return Directory.Exists(folder) ? folder : throw new DirectoryNotFoundException($"PretrainingFolder is {folder}, which is not a folder; create it first.");
    }

    public IReadOnlyList<EpochRecord>? Restore(string start, nn.Module network, TrainingContext context)
    {
        var key = Key(start, context);
        var path = PathOf(key);
        if (!File.Exists(path))
            return null;
        try
        {
            var kept = CheckpointFile.Read(path);
            if (kept.Header.Training.Method != Kind + key)
                throw new InvalidDataException("It belongs to another training.");
            return Restore(kept, network, context.Generator);
        }
        catch (Exception e) when (e is InvalidDataException || IsOfTheDisk(e))
        {
            context.Warn($"The pretrained autoencoder {path} cannot be used; a training that pretrains from its beginning replaces it. {Reason(e)}");
            return null;
        }
    }

    // A disk that is full is no reason to lose the training.
    public void Keep(string start, nn.Module network, TrainingContext context, IReadOnlyList<EpochRecord> epochs)
    {
        var key = Key(start, context);
        var path = PathOf(key);
        try
        {
            using var scope = NewDisposeScope();
            var tensors = new CheckpointTensors();
            tensors.AddModule(CheckpointTensors.Weights, network, [.. network.state_dict().Keys]);
            tensors.Add(CheckpointTensors.Run, CheckpointTensors.Generator, context.Generator.get_state());
            var progress = new RunProgress(0, epochs[^1].Epoch, HasEnded: true, KeptEpoch.None, epochs);
            var seed = unchecked((int)context.Generator.initial_seed());
            CheckpointFile.Write(path, new(CheckpointFile.Format, _training.Value with { Method = Kind + key }, seed, get_num_threads(), [], KeptRun: -1, progress), tensors.All);
            context.Log($"The pretrained autoencoder is kept in {path}.");
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            context.Warn($"The pretrained autoencoder {path} could not be written; training goes on. {Reason(e)}");
        }
    }

    private static IReadOnlyList<EpochRecord> Restore(Checkpoint kept, nn.Module network, Generator generator)
    {
        var epochs = kept.Header.Current?.Epochs ?? [];
        if (epochs.Count == 0 || epochs.Where((epoch, place) => epoch.Phase != epochs[0].Phase || epoch.Epoch != place + 1 || !epoch.IsFinite).Any())
            throw new InvalidDataException("Its epochs are not those of a pretraining.");
        if (kept.Tensors.Values.Any(t => !t.IsFinite()))
            throw new InvalidDataException("Its weights are not all finite numbers.");
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        if (!kept.Make(CheckpointTensors.Run).TryGetValue(CheckpointTensors.Generator, out var state) || !GeneratorState.IsOf(generator, state))
            throw new InvalidDataException("It lacks the state of the generator.");
        // Nothing is changed before all has been looked at.
        kept.CopyTo(CheckpointTensors.Weights, network.state_dict());
        generator.set_state(state);
        return epochs;
    }

    // All that the weights depend on.
    private string Key(string start, TrainingContext context)
    {
        var training = _training.Value;
        var text = string.Join(
            '\n', start, training.DataSha256, training.Rows, _features.Weights is null ? "unweighted" : "weighted", string.Join(' ', training.Shape),
            context.Data.Device, get_num_threads(), ProcessorFeatures.Text, LibraryVersion.Text, LibraryVersion.Build);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();
    }

    private string PathOf(string key) => Path.Combine(_folder, key[..NameLength] + Extension);

    // The error of a checkpoint says besides what to do with one.
    private static string Reason(Exception fault) => fault.InnerException is InvalidDataException cause && fault.Message.Contains(cause.Message, StringComparison.Ordinal) ? cause.Message : fault.Message;

    private static bool IsOfTheDisk(Exception fault) => fault is IOException or UnauthorizedAccessException;
}
