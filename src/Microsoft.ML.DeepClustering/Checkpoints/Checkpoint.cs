using Microsoft.ML.DeepClustering.Persistence;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Checkpoints;

/// <summary>The content of a checkpoint that was read.</summary>
/// <param name="Path">Its file, for errors.</param>
/// <param name="Header">Where the training stands.</param>
/// <param name="Tensors">By name; see <see cref="CheckpointTensors"/>.</param>
internal sealed record Checkpoint(string Path, CheckpointHeader Header, IReadOnlyDictionary<string, StoredTensor> Tensors)
{
    /// <summary>The entry of tensors, as errors name it.</summary>
    public const string TensorsEntry = "Tensors.safetensors";

    /// <summary>Copies the tensors of a group into those of the same names.</summary>
    /// <exception cref="InvalidDataException">They have other names, types or shapes.</exception>
    public void CopyTo(string prefix, IReadOnlyDictionary<string, Tensor> tensors)
    {
        try
        {
            SafeTensors.CopyTo(Group(prefix).ToDictionary(), tensors, TensorsEntry);
        }
        catch (InvalidDataException e)
        {
            throw Unusable(Path, e);
        }
    }

    /// <summary>Makes the tensors of a group, by their names in it. They belong to the dispose scope of the call.</summary>
    public IReadOnlyDictionary<string, Tensor> Make(string prefix) => Group(prefix).ToDictionary(t => t.Key, t => t.Value.ToTensor());

    /// <summary>The error of a file whose parts contradict each other.</summary>
    /// <param name="why">A sentence.</param>
    public InvalidDataException Damaged(string why) => Unusable(Path, new InvalidDataException(why));

    /// <summary>The error of a file that is damaged.</summary>
    public static InvalidDataException Unusable(string path, Exception cause)
        => new($"The checkpoint {path} cannot be used. {cause.Message} Delete the file to train from the beginning.", cause);

    private IEnumerable<KeyValuePair<string, StoredTensor>> Group(string prefix)
        => from tensor in Tensors
           where tensor.Key.StartsWith(prefix, StringComparison.Ordinal)
           select KeyValuePair.Create(tensor.Key[prefix.Length..], tensor.Value);
}
