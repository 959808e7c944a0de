using Microsoft.ML.DeepClustering.Internals;
using Microsoft.ML.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Torch;

/// <summary>The device that the MLContext asks for with GpuDeviceId and FallbackToCpu.</summary>
internal static class DeviceChoice
{
    /// <summary>
    /// The CPU if no GPU is asked for, or, with a warning in the log, if the GPU cannot be used and falling back is allowed.
    /// </summary>
    /// <exception cref="InvalidOperationException">The GPU cannot be used and falling back is not allowed, or libtorch cannot be loaded.</exception>
    public static Device Find(IHostEnvironment environment)
        => NativeFaults.Translate(() => Choose(environment), "Starting libtorch", () => "free some memory");

    private static Device Choose(IHostEnvironment environment)
    {
        // Loads libtorch: a missing library is to be told before hours of reading data.
        _ = get_num_threads();
        var (wanted, mayFallBack) = MachineLearningInternals.DeviceOf(environment);
        if (wanted is not { } gpu)
            return CPU;
        var gpus = cuda.is_available() ? cuda.device_count() : 0;
        if (gpu >= 0 && gpu < gpus)
            return device(DeviceType.CUDA, gpu);
        var seen = $"MLContext.GpuDeviceId is {gpu}, but {(gpus == 0 ? "no GPU can be used" : $"the GPUs that can be used are 0 to {gpus - 1}")}";
        if (!mayFallBack)
        {
            throw new InvalidOperationException(
                $"{seen}; install TorchSharp-cuda-linux or TorchSharp-cuda-windows, choose another device, or set MLContext.FallbackToCpu.");
        }

        using var channel = environment.Start("Device");
        channel.Warning(MessageSensitivity.None, "{0}", $"{seen}; the CPU is used, as MLContext.FallbackToCpu allows.");
        return CPU;
    }
}
