using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>Where a training runs and to whom it speaks.</summary>
/// <param name="Seed">The seed of the first run; the next runs count up from it.</param>
/// <param name="Device">The CPU or a GPU.</param>
/// <param name="Log">Takes one line of text.</param>
/// <param name="Warn">Takes one line that the user should not miss.</param>
internal sealed record TrainingEnvironment(int Seed, Device Device, Action<string> Log, Action<string> Warn)
{
    /// <summary>Calls code of the user's.</summary>
    public Action<Action> Call { get; init; } = work => work();

    /// <summary>The same for a training in a session: what is called is the user's, and runs outside it.</summary>
    public TrainingEnvironment Outside(TorchSession session) => this with
    {
        Log = text => session.Outside(() => Log(text)),
        Warn = text => session.Outside(() => Warn(text)),
        Call = session.Outside,
    };
}
