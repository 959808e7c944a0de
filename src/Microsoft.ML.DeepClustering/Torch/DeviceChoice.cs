using Microsoft.ML.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Torch;

/// <summary>The device that the MLContext asks for with GpuDeviceId and FallbackToCpu.</summary>
internal static class DeviceChoice
{
    /// <summary>
    /// The CPU when no GPU is asked for, or when that one cannot be used and falling back is allowed, which a warning in the log says.
    /// </summary>
    /// <exception cref="InvalidOperationException">The GPU cannot be used and falling back is not allowed, or libtorch cannot be loaded.</exception>
    public static Device Of(IHostEnvironment environment)
        => NativeFaults.Translate(() => Choose(environment), "Starting libtorch", () => "free some memory");

    private static Device Choose(IHostEnvironment environment)
    {
        // Loads libtorch: a missing library is to be told before hours of reading data.
        _ = get_num_threads();
        if (Property<int?>(environment, "GpuDeviceId") is not { } gpu)
            return CPU;
        var gpus = cuda.is_available() ? cuda.device_count() : 0;
        if (gpu >= 0 && gpu < gpus)
            return device(DeviceType.CUDA, gpu);
        var seen = $"MLContext.GpuDeviceId is {gpu}, but {(gpus == 0 ? "no GPU can be used" : $"the GPUs that can be used are 0 to {gpus - 1}")}";
        if (!(Property<bool?>(environment, "FallbackToCpu") ?? true))
        {
            throw new InvalidOperationException(
                $"{seen}; install TorchSharp-cuda-linux or TorchSharp-cuda-windows, choose another device, or set MLContext.FallbackToCpu.");
        }

        using var channel = environment.Start("Device");
        channel.Warning(MessageSensitivity.None, "{0}", $"{seen}; the CPU is used, as MLContext.FallbackToCpu allows.");
        return CPU;
    }

    // The environment behind a catalog has both settings of its MLContext, on an interface that is not public.
    private static T? Property<T>(IHostEnvironment environment, string name)
    {
        var property = environment.GetType().GetProperty(name)
            ?? environment.GetType().GetInterfaces().Select(i => i.GetProperty(name)).FirstOrDefault(p => p != null);
        return property?.GetValue(environment) is T value ? value : default;
    }
}
