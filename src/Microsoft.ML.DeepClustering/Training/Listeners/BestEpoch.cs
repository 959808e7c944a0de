using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training.Listeners;

/// <summary>
/// Keeps the weights of the best epoch of a phase: that of lowest evaluated loss, or the last one as long as none was evaluated, so that there
/// are weights to go back to.
/// </summary>
internal sealed class BestEpoch(nn.Module module) : ITrainingListener, IDisposable
{
    private readonly ModuleState _state = new();

    /// <summary>The epoch whose weights are kept.</summary>
    public KeptEpoch Kept { get; private set; } = KeptEpoch.None;

    /// <summary>The weights of that epoch, by name; none before there is one.</summary>
    public IReadOnlyDictionary<string, Tensor> Weights => Kept.Epoch > 0 ? _state.Tensors : new Dictionary<string, Tensor>();

    /// <summary>Starts anew for another phase.</summary>
    public void Begin() => Kept = KeptEpoch.None;

    /// <summary>Keeps the module's present weights as those of an epoch that was trained earlier.</summary>
    public void Resume(KeptEpoch kept)
    {
        Kept = kept;
        _state.Capture(module);
    }

    public void OnEpochEnd(TrainingPhase phase, EpochRecord record)
    {
        var candidate = new KeptEpoch(record.Epoch, record.EvaluationLoss ?? record.TotalLoss, record.EvaluationLoss.HasValue, record.HasCollapsed);
        // The loss of an epoch that was not evaluated comes before its last step.
        if (!record.IsFinite || !candidate.IsBetterThan(Kept) || (!candidate.IsEvaluated && !ModuleState.IsFinite(module)))
            return;
        Kept = candidate;
        _state.Capture(module);
    }

    /// <summary>Gives the module the weights of the kept epoch, if there is one.</summary>
    public void Restore()
    {
        if (Kept.Epoch > 0)
            _state.Restore(module);
    }

    public void Dispose() => _state.Dispose();
}
