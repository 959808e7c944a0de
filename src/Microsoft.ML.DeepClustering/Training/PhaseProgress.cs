#nullable disable
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>How far a phase has come.</summary>
/// <param name="Epoch">The last epoch that was trained, from 1.</param>
/// <param name="HasEnded">Whether it was the phase's last.</param>
/// <param name="EvaluationOrder">The order of all rows in which the phase is evaluated, (n).</param>
internal sealed record PhaseProgress(int Epoch, bool HasEnded, Tensor EvaluationOrder);
