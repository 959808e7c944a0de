using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Pretraining;

/// <summary>
/// Pretrained autoencoders, one a seed and embedding size, for trainings on the same data whose options differ in nothing else that
/// pretraining depends on. A training that takes one over goes on bit for bit as if it had pretrained for itself.
/// </summary>
internal sealed class PretrainedAutoencoders : IDisposable
{
    private readonly Dictionary<(long Seed, long EmbeddingSize), Entry> _entries = [];

    /// <summary>Gives an autoencoder the weights that are kept for its seed and size, and the generator the state after them.</summary>
    /// <returns>The records of the epochs of pretraining; null when none is kept, and nothing has changed.</returns>
    public IReadOnlyList<EpochRecord>? Restore(Autoencoder autoencoder, Generator generator)
    {
        if (!_entries.TryGetValue(Key(autoencoder, generator), out var entry))
            return null;
        entry.Weights.Restore(autoencoder);
        generator.set_state(entry.GeneratorState);
        return entry.Epochs;
    }

    /// <summary>Keeps an autoencoder that is pretrained, with the state of the generator and the records of the epochs.</summary>
    public void Keep(Autoencoder autoencoder, Generator generator, IReadOnlyList<EpochRecord> epochs)
    {
        var weights = new ModuleState();
        weights.Capture(autoencoder);
        _entries.Add(Key(autoencoder, generator), new(weights, generator.get_state().DetachFromDisposeScope(), epochs));
    }

    public void Dispose()
    {
        foreach (var entry in _entries.Values)
        {
            entry.Weights.Dispose();
            entry.GeneratorState.Dispose();
        }

        _entries.Clear();
    }

    private static (long, long) Key(Autoencoder autoencoder, Generator generator) => (generator.initial_seed(), autoencoder.EmbeddingSize);

    private sealed record Entry(ModuleState Weights, Tensor GeneratorState, IReadOnlyList<EpochRecord> Epochs);
}
