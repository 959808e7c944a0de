using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>Trainings that speak through a channel of ML.NET's log.</summary>
internal static class TrainingChannel
{
    /// <summary>Where trainings run and speak.</summary>
    /// <param name="environment">Knows the device.</param>
    /// <param name="channel">Takes what is said.</param>
    /// <param name="seed">The seed of the first run.</param>
    public static TrainingEnvironment EnvironmentOf(IHostEnvironment environment, IChannel channel, int seed) => new(
        seed,
        DeviceChoice.Of(environment),
        text => channel.Info(MessageSensitivity.None, "{0}", text),
        text => channel.Warning(MessageSensitivity.None, "{0}", text));
}
