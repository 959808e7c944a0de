using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>
/// Layers of float32 on the CPU whatever the process's default dtype and device are. Weights are 0 until <see cref="WeightInitializer"/> or a
/// file sets them: TorchSharp's own would be drawn from the global generator, which is the calling program's.
/// </summary>
internal static class Layers
{
    public static Linear Linear(long inputs, long outputs) => nn.Linear(Zeros(outputs, inputs), Zeros(outputs));

    public static Conv2d Convolution(long inputs, long outputs, long side)
    {
        // Nothing is drawn for a tensor without values.
        var layer = nn.Conv2d(inputs, outputs, side, dtype: ScalarType.Float32, device: META);
        (layer.weight, layer.bias) = (Zeros(layer.weight.shape), Zeros(outputs));
        return layer;
    }

    public static ConvTranspose2d TransposedConvolution(long inputs, long outputs, long side)
    {
        var layer = nn.ConvTranspose2d(inputs, outputs, side, dtype: ScalarType.Float32, device: META);
        (layer.weight, layer.bias) = (Zeros(layer.weight.shape), Zeros(outputs));
        return layer;
    }

    private static Parameter Zeros(params long[] shape) => new(zeros(shape, dtype: ScalarType.Float32, device: CPU));
}
