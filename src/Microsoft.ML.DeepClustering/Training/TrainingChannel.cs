using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>Connects a training with ML.NET's log.</summary>
internal static class TrainingChannel
{
    /// <summary>An environment whose messages go to a channel of the log, and so to the calling program's own handlers.</summary>
    /// <param name="environment">Names the device.</param>
    /// <param name="channel">Takes the messages.</param>
    /// <param name="seed">The seed of the first run.</param>
    public static TrainingEnvironment CreateEnvironment(IHostEnvironment environment, IChannel channel, int seed) => new(
        seed,
        DeviceChoice.Find(environment),
        text => CallerFault.Run(() => channel.Info(MessageSensitivity.None, "{0}", text)),
        text => CallerFault.Run(() => channel.Warning(MessageSensitivity.None, "{0}", text)));
}
