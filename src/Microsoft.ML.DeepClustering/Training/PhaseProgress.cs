using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>How far a phase has come. The loop moves it on.</summary>
/// <param name="evaluationOrder">The order of all rows in which the phase is evaluated, (n) of int64; freed with this.</param>
/// <param name="epoch">The last epoch that was trained, from 1; 0 before the first.</param>
/// <param name="hasEnded">Whether that was the phase's last.</param>
internal sealed class PhaseProgress(Tensor evaluationOrder, int epoch = 0, bool hasEnded = false) : IDisposable
{
    /// <summary>The order of all rows in which the phase is evaluated, (n) of int64, on the device of the data.</summary>
    public Tensor EvaluationOrder { get; } = evaluationOrder;

    /// <summary>The last epoch that was trained, from 1; 0 before the first.</summary>
    public int Epoch { get; private set; } = epoch;

    /// <summary>Whether <see cref="Epoch"/> was the phase's last.</summary>
    public bool HasEnded { get; private set; } = hasEnded;

    /// <summary>Starts a phase.</summary>
    public static PhaseProgress Start(TrainingPhase phase, TrainingContext context)
    {
        phase.OnStart(context);
        return new(context.Shuffled());
    }

    /// <summary>Counts an epoch that was trained.</summary>
    public void Advance(bool isLast) => (Epoch, HasEnded) = (Epoch + 1, isLast);

    public void Dispose() => EvaluationOrder.Dispose();
}
