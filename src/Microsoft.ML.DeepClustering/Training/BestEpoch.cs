#nullable disable
using TorchSharp;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>Keeps the weights of the epoch of lowest evaluated loss.</summary>
internal sealed class BestEpoch(torch.nn.Module module) : ITrainingListener, IDisposable
{
    private readonly ModuleState _state = new();

    public double LowestLoss { get; private set; } = double.NaN;

    /// <summary>0 until an epoch was evaluated to a finite loss.</summary>
    public int Epoch { get; private set; }

    public void OnEpochEnd(TrainingPhase phase, EpochRecord record)
    {
        if (record.EvaluationLoss is not { } loss || !double.IsFinite(loss) || loss >= LowestLoss)
            return;
        LowestLoss = loss;
        Epoch = record.Epoch;
        _state.Capture(module);
    }

    /// <summary>Gives the module the weights of that epoch, if there is one.</summary>
    public void Restore()
    {
        if (Epoch > 0)
            _state.Restore(module);
    }

    public void Dispose() => _state.Dispose();
}
