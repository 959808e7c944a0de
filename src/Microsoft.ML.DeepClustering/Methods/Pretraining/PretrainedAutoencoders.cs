#nullable disable
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Pretraining;

/// <summary>
/// Pretrained autoencoders, one a seed and embedding size, for trainings on the same data whose options differ in nothing else that
/// pretraining depends on. A training that takes one over goes on bit for bit as if it had pretrained for itself.
/// </summary>
internal sealed class PretrainedAutoencoders : IDisposable
{
    private readonly Dictionary<(long Seed, long EmbeddingSize), Entry> _entries = [];

    /// <summary>
    /// Pretraining for a method that goes on with a new optimiser: taken over where it is kept, else given to be trained, and then kept.
    /// The moments of Adam are not kept, which is why Dcn and DeepKMeans, which carry them on, pretrain for themselves.
    /// </summary>
    /// <param name="system">Has its initial weights.</param>
    /// <param name="options">The options, whose <see cref="AutoencoderFamilyOptions.Pretrained"/> may be null.</param>
    /// <param name="optimizer">Trains the autoencoder.</param>
    /// <param name="context">The run. Its generator goes on from where pretraining leaves it, taken over or not.</param>
    public static IEnumerable<TrainingPhase> Phases(
        AutoencoderFamilyMethod system, AutoencoderFamilyOptions options, ParameterOptimizer optimizer, TrainingContext context)
    {
        if (options.PretrainingEpochs == 0)
            yield break;
        using var phase = new Phase(system, options, optimizer, context, options.Pretrained?.Restore(system.Autoencoder, context.Generator));
        yield return phase;
        if (phase.Reused is null)
            options.Pretrained?.Keep(system.Autoencoder, context.Generator, phase.Trained);
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

    // The epochs of the pretraining that is now the autoencoder's, or null.
    private IReadOnlyList<EpochRecord> Restore(Autoencoder autoencoder, Generator generator)
    {
        if (!_entries.TryGetValue(Key(autoencoder, generator), out var entry))
            return null;
        entry.Weights.Restore(autoencoder);
        generator.set_state(entry.GeneratorState);
        return entry.Epochs;
    }

    private void Keep(Autoencoder autoencoder, Generator generator, IReadOnlyList<EpochRecord> epochs)
    {
        var weights = new ModuleState();
        weights.Capture(autoencoder);
        _entries.Add(Key(autoencoder, generator), new(weights, generator.get_state().DetachFromDisposeScope(), epochs));
    }

    private static (long, long) Key(Autoencoder autoencoder, Generator generator) => (generator.initial_seed(), autoencoder.EmbeddingSize);

    private sealed record Entry(ModuleState Weights, Tensor GeneratorState, IReadOnlyList<EpochRecord> Epochs);

    private sealed class Phase(
        AutoencoderFamilyMethod system, AutoencoderFamilyOptions options, ParameterOptimizer optimizer, TrainingContext context, IReadOnlyList<EpochRecord> reused)
        : PretrainingPhase(system, options, optimizer, context)
    {
        public override IReadOnlyList<EpochRecord> Reused => reused;

        public List<EpochRecord> Trained { get; } = [];

        public override void OnRecord(EpochRecord record) => Trained.Add(record);
    }
}
