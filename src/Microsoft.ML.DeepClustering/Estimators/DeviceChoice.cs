using Microsoft.ML.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering;

/// <summary>The device that the MLContext asks for with GpuDeviceId and FallbackToCpu.</summary>
internal static class DeviceChoice
{
    /// <summary>The CPU when no GPU is asked for, or none is there and falling back is allowed.</summary>
    public static Device Of(IHostEnvironment environment)
    {
        if (Property<int?>(environment, "GpuDeviceId") is not { } gpu)
            return CPU;
        if (gpu >= 0 && cuda.is_available() && gpu < cuda.device_count())
            return device(DeviceType.CUDA, gpu);
        if (Property<bool?>(environment, "FallbackToCpu") ?? true)
            return CPU;
        throw new InvalidOperationException(
            $"MLContext.GpuDeviceId is {gpu}, but {(cuda.is_available() ? cuda.device_count() : 0)} GPUs can be used; install TorchSharp-cuda-linux or TorchSharp-cuda-windows, choose another device, or set MLContext.FallbackToCpu.");
    }

    // The environment behind a catalog has both settings of its MLContext, on an interface that is not public.
    private static T? Property<T>(IHostEnvironment environment, string name)
    {
        var property = environment.GetType().GetProperty(name)
            ?? environment.GetType().GetInterfaces().Select(i => i.GetProperty(name)).FirstOrDefault(p => p != null);
        return property?.GetValue(environment) is T value ? value : default;
    }
}
