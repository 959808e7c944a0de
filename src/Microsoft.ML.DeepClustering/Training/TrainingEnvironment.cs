using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>Where a training runs and where its messages go.</summary>
/// <param name="Seed">The seed of the first run; the next runs count up from it.</param>
/// <param name="Device">The CPU or a GPU.</param>
/// <param name="Log">Takes one line of text.</param>
/// <param name="Warn">Takes one line that the user should not miss.</param>
internal sealed record TrainingEnvironment(int Seed, Device Device, Action<string> Log, Action<string> Warn)
{
    /// <summary>Calls a handler of the user's. Default: at once.</summary>
    public Action<Action> Call { get; init; } = work => work();

    /// <summary>A copy for a training in a session: handlers, which are the user's code, run outside the session.</summary>
    public TrainingEnvironment Outside(TorchSession session) => this with
    {
        Log = text => session.Outside(() => Log(text)),
        Warn = text => session.Outside(() => Warn(text)),
        Call = session.Outside,
    };
}
