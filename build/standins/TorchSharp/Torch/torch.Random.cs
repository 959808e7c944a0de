using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor normal(double mean, double std, ReadOnlySpan<long> size, ScalarType? dtype = null, Device device = null,
        bool requires_grad = false, Generator generator = null, string[] names = null)
        => Ops.normal_float_float.Call(mean, std, size, generator, dtype ?? defaultType, Arg.None, device);

    public static Tensor normal(Tensor mean, Tensor std, Generator generator = null) => Ops.normal_Tensor_Tensor.Call(mean, std, generator);
}
