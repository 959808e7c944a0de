using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>Connects a training with ML.NET's log.</summary>
internal static class TrainingChannel
{
    /// <summary>An environment whose messages go to a channel of the log.</summary>
    /// <param name="environment">Names the device.</param>
    /// <param name="channel">Takes the messages.</param>
    /// <param name="seed">The seed of the first run.</param>
    public static TrainingEnvironment CreateEnvironment(IHostEnvironment environment, IChannel channel, int seed) => new(
        seed,
        DeviceChoice.Of(environment),
        text => channel.Info(MessageSensitivity.None, "{0}", text),
        text => channel.Warning(MessageSensitivity.None, "{0}", text));
}
