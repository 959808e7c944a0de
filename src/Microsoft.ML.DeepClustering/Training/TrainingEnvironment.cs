#nullable disable
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>Where a training runs and to whom it speaks.</summary>
/// <param name="Seed">The seed of the first run; the next runs count up from it.</param>
/// <param name="Device">The CPU or a GPU.</param>
/// <param name="Log">Takes one line of text.</param>
/// <param name="Warn">Takes one line that the user should not miss.</param>
internal sealed record TrainingEnvironment(int Seed, Device Device, Action<string> Log, Action<string> Warn);
