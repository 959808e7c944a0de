using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Checkpoints;

/// <summary>Makes the method of a run that has ended from the weights that a checkpoint has of it.</summary>
internal static class KeptMethod
{
    /// <summary>The method; the caller frees it.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="place">Of the run in <see cref="CheckpointHeader.AllKept"/>.</param>
    /// <param name="options">Of the training.</param>
    /// <param name="shape">Of a sample.</param>
    /// <param name="device">Where the method goes.</param>
    /// <exception cref="InvalidDataException">The checkpoint has other tensors than the method.</exception>
    public static ClusteringMethod Create(Checkpoint checkpoint, int place, DeepClusteringOptions options, InputShape shape, Device device)
    {
        var method = options.CreateMethod(shape);
        try
        {
            checkpoint.CopyTo(CheckpointTensors.KeptRunAt(place), method.state_dict());
            if (device.type != DeviceType.CPU)
                method.to(device);
            return method;
        }
        catch
        {
            method.Dispose();
            throw;
        }
    }
}
