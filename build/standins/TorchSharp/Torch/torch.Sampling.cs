using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor randperm(
        long n, ScalarType? dtype = null, Device device = null, bool requires_grad = false, Generator generator = null)
        => Ops.randperm_generator.Call(n, generator, dtype ?? ScalarType.Int64, Arg.None, InitializeDevice(device)).Requiring(requires_grad);

    public static Tensor randperm(long n, Tensor @out, Generator generator = null)
    {
        using var result = randperm(n, generator: generator);
        Ops.resize_.Run(@out, n);
        return @out.copy_(result);
    }

    public static Tensor randint(
        long high, Size size, ScalarType? dtype = null, Device device = null, bool requires_grad = false, Generator generator = null,
        string[] names = null)
        => randint(0, high, size, dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        long low, long high, Size size, ScalarType? dtype = null, Device device = null, bool requires_grad = false,
        Generator generator = null, string[] names = null)
        => Ops.randint_low_generator
            .Call(low, high, size, generator, dtype ?? ScalarType.Int64, Arg.None, InitializeDevice(device))
            .Requiring(requires_grad);

    public static Tensor randint(
        long high, long[] size, ScalarType? dtype = null, Device device = null, bool requires_grad = false, Generator generator = null,
        string[] names = null)
        => randint(0, high, new Size(size), dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        long low, long high, long[] size, ScalarType? dtype = null, Device device = null, bool requires_grad = false,
        Generator generator = null, string[] names = null)
        => randint(low, high, new Size(size), dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        int high, int[] size, ScalarType? dtype = null, Device device = null, bool requires_grad = false, Generator generator = null,
        string[] names = null)
        => randint(0, high, new Size(size), dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        int low, int high, int[] size, ScalarType? dtype = null, Device device = null, bool requires_grad = false,
        Generator generator = null, string[] names = null)
        => randint(low, high, new Size(size), dtype, device, requires_grad, generator, names);

    private static Tensor Random(Op op, ReadOnlySpan<long> size, ScalarType? dtype, Device device, bool requires_grad, Generator generator)
        => op.Call(size, generator, dtype ?? defaultType, Arg.None, InitializeDevice(device)).Requiring(requires_grad);
}
