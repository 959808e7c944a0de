#nullable disable
using TorchSharp;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>Keeps the weights of the epoch of lowest evaluated loss of the phase under way.</summary>
internal sealed class BestEpoch(torch.nn.Module module) : ITrainingListener, IDisposable
{
    private readonly ModuleState _state = new();
    private TrainingPhase _phase;

    public double LowestLoss { get; private set; } = double.NaN;

    /// <summary>0 until an epoch of the phase was evaluated to a finite loss.</summary>
    public int Epoch { get; private set; }

    public void OnEpochEnd(TrainingPhase phase, EpochRecord record)
    {
        if (phase != _phase)
            (_phase, LowestLoss, Epoch) = (phase, double.NaN, 0);
        if (record.EvaluationLoss is not { } loss || !double.IsFinite(loss) || loss >= LowestLoss)
            return;
        LowestLoss = loss;
        Epoch = record.Epoch;
        _state.Capture(module);
    }

    public void OnReusedEpoch(TrainingPhase phase, EpochRecord record) => OnEpochEnd(phase, record);

    /// <summary>Gives the module the weights of that epoch, if there is one.</summary>
    public void Restore()
    {
        if (Epoch > 0)
            _state.Restore(module);
    }

    public void Dispose() => _state.Dispose();
}
