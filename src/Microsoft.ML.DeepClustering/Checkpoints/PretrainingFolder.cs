using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Checkpoints;

/// <summary>
/// Pretrained networks in a folder, each a checkpoint of a run that has just ended its pretraining. The name of a file says what the pretraining began from and
/// what it did, on which data and with what, so that a file is right or is not there.
/// </summary>
internal sealed class PretrainingFolder : IPretrainedNetworks
{
    private const string Extension = ".pretrained";
    private const int NameLength = 32;

    private readonly string _folder;
    private readonly Lazy<TrainingIdentity> _training;

    private PretrainingFolder(string folder, Func<TrainingIdentity> training) => (_folder, _training) = (folder, new(training));

    /// <summary>The folder that the options name, or null.</summary>
    /// <param name="options">The options.</param>
    /// <param name="shape">The shape of a sample.</param>
    /// <param name="features">All rows on the CPU, as they were read; the first training that comes to its pretraining takes a pass over them.</param>
    /// <exception cref="DirectoryNotFoundException">The folder is missing.</exception>
    public static PretrainingFolder? Open(DeepClusteringOptions options, InputShape shape, TrainingRows features)
    {
        if (options.FolderOfPretraining is not { } path)
            return null;
        var folder = Path.GetFullPath(path);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"PretrainingFolder is {folder}, which is not a folder; create it first.");
        // Pretraining never sees the classes.
        return new(folder, () => TrainingIdentity.Compute(options, shape, features, classes: null));
    }

    public IReadOnlyList<EpochRecord>? Restore(string start, nn.Module network, TrainingContext context)
    {
        var path = PathOf(start, context);
        if (!File.Exists(path))
            return null;
        try
        {
            var kept = CheckpointFile.Read(path);
            if (!IsOf(kept.Header, start))
                throw new InvalidDataException("It belongs to another training.");
            return Restore(kept, network, context.Generator);
        }
        catch (Exception e) when (e is InvalidDataException || IsOfTheDisk(e))
        {
            context.Warn($"The pretrained autoencoder {path} cannot be used; this training pretrains for itself and replaces it. {Reason(e)}");
            return null;
        }
    }

    // A disk that is full is no reason to lose the training.
    public void Keep(string start, nn.Module network, TrainingContext context, IReadOnlyList<EpochRecord> epochs)
    {
        var path = PathOf(start, context);
        try
        {
            using var scope = NewDisposeScope();
            var tensors = new CheckpointTensors();
            tensors.AddModule(CheckpointTensors.Weights, network, [.. network.state_dict().Keys]);
            tensors.Add(CheckpointTensors.Run, CheckpointTensors.Generator, context.Generator.get_state());
            var progress = new RunProgress(0, epochs[^1].Epoch, HasEnded: true, KeptEpoch.None, epochs);
            var seed = unchecked((int)context.Generator.initial_seed());
            CheckpointFile.Write(path, new(CheckpointFile.Format, Identity(start), seed, get_num_threads(), [], KeptRun: -1, progress), tensors.All);
            context.Log($"The pretrained autoencoder is kept in {path}.");
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            context.Warn($"The pretrained autoencoder {path} could not be written; training goes on. {Reason(e)}");
        }
    }

    private IReadOnlyList<EpochRecord> Restore(Checkpoint kept, nn.Module network, Generator generator)
    {
        if (kept.Header.Current is not { Epochs: { Count: > 0 } epochs })
            throw kept.Damaged("It has no epochs of pretraining.");
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var state = generator.get_state();
        if (!kept.Make(CheckpointTensors.Run).TryGetValue(CheckpointTensors.Generator, out var saved) || saved.dtype != state.dtype || !saved.shape.SequenceEqual(state.shape))
            throw kept.Damaged("It lacks the state of the generator.");
        kept.CopyTo(CheckpointTensors.Weights, network.state_dict());
        generator.set_state(saved);
        return epochs;
    }

    // The start is in the place of the method, which does not matter.
    private TrainingIdentity Identity(string start) => _training.Value with { Method = start };

    private bool IsOf(CheckpointHeader header, string start)
        => header.Training.Method == start && header.Training.DataSha256 == _training.Value.DataSha256 && header.Threads == get_num_threads();

    private string PathOf(string start, TrainingContext context)
    {
        var text = string.Join('\n', start, _training.Value.DataSha256, string.Join(' ', _training.Value.Shape), context.Data.Device, get_num_threads(), LibraryVersion.Text);
        return Path.Combine(_folder, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..NameLength].ToLowerInvariant() + Extension);
    }

    // The error of a checkpoint says besides what to do with one.
    private static string Reason(Exception fault) => fault.InnerException is InvalidDataException cause && fault.Message.Contains(cause.Message, StringComparison.Ordinal) ? cause.Message : fault.Message;

    private static bool IsOfTheDisk(Exception fault) => fault is IOException or UnauthorizedAccessException;
}
