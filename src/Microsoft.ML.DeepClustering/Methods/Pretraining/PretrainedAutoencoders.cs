using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Pretraining;

/// <summary>Pretrained autoencoders in memory.</summary>
internal sealed class PretrainedAutoencoders : IPretrainedNetworks, IDisposable
{
    private readonly Dictionary<string, Entry> _entries = [];

    public IReadOnlyList<EpochRecord>? Restore(string start, nn.Module network, TrainingContext context)
    {
        if (!_entries.TryGetValue(start, out var entry))
            return null;
        entry.Weights.Restore(network);
        context.Generator.set_state(entry.GeneratorState);
        return entry.Epochs;
    }

    public void Keep(string start, nn.Module network, TrainingContext context, IReadOnlyList<EpochRecord> epochs)
    {
        var weights = new ModuleState();
        weights.Capture(network);
        _entries.Add(start, new(weights, context.Generator.get_state().DetachFromDisposeScope(), epochs));
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

    private sealed record Entry(ModuleState Weights, Tensor GeneratorState, IReadOnlyList<EpochRecord> Epochs);
}
