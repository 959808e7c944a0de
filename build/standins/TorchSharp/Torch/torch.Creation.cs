using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor from_array(Array rawArray, Device device = null) => from_array(rawArray, null, device);

    public static unsafe Tensor from_array(
        Array rawArray, ScalarType? dtype, Device device = null, bool requires_grad = false, string[] names = null)
    {
        var type = TypeOf(rawArray.GetType().GetElementType());
        var bytes = rawArray.LongLength * type.ElementSize();
        fixed (byte* data = &MemoryMarshal.GetArrayDataReference(rawArray))
            return Finish(FromMemory(data, bytes, type, Shape(rawArray)), dtype, device, requires_grad);
    }

    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device device = null) => from_array(data, dtype, device);

    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device device = null)
        => data.to(dtype ?? data.dtype, device ?? data.device);

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device device = null, bool requires_grad = false)
        => arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device device = null, bool requires_grad = false)
        => arange(start, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(
        Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device device = null, bool requires_grad = false)
    {
        var floating = start.IsFloatingPoint || stop.IsFloatingPoint || step.IsFloatingPoint;
        return Ops.arange_start_step
            .Call(start, stop, step, dtype ?? (floating ? defaultType : ScalarType.Int64), Arg.None, InitializeDevice(device))
            .Requiring(requires_grad);
    }

    public static Tensor linspace(
        double start, double end, long steps, ScalarType? dtype = null, Device device = null, bool requires_grad = false)
        => Ops.linspace.Call(start, end, steps, dtype ?? defaultType, Arg.None, InitializeDevice(device)).Requiring(requires_grad);

    public static Tensor logspace(
        double start, double end, long steps, double @base = 10, ScalarType? dtype = null, Device device = null, bool requires_grad = false)
        => Ops.logspace.Call(start, end, steps, @base, dtype ?? defaultType, Arg.None, InitializeDevice(device)).Requiring(requires_grad);

    public static Tensor eye(
        long rows, long columns = -1, ScalarType? dtype = null, Device device = null, bool requires_grad = false, string[] names = null)
        => Ops.eye_m.Call(rows, columns == -1 ? rows : columns, dtype ?? defaultType, Arg.None, InitializeDevice(device)).Requiring(requires_grad);

    public static Tensor zeros_like(
        Tensor input, ScalarType? dtype = null, Device device = null, bool requires_grad = false, string[] names = null)
        => input.zeros_like(dtype, device, requires_grad);

    public static Tensor ones_like(
        Tensor input, ScalarType? dtype = null, Device device = null, bool requires_grad = false, string[] names = null)
        => input.ones_like(dtype, device, requires_grad);

    public static Tensor empty_like(
        Tensor input, ScalarType? dtype = null, Device device = null, bool requires_grad = false, string[] names = null)
        => input.empty_like(dtype, device, requires_grad);

    public static Tensor full_like(
        Tensor input, Scalar value, ScalarType? dtype = null, Device device = null, bool requires_grad = false, string[] names = null)
        => input.full_like(value, dtype, device, requires_grad);

    private static Tensor Filled(Op op, ReadOnlySpan<long> size, ScalarType? dtype, Device device, bool requires_grad)
        => op.Call(size, dtype ?? defaultType, Arg.None, InitializeDevice(device)).Requiring(requires_grad);

    private static Tensor Full(ReadOnlySpan<long> size, Scalar value, ScalarType? dtype, Device device, bool requires_grad)
        => Ops.full.Call(size, value, dtype ?? defaultType, Arg.None, InitializeDevice(device)).Requiring(requires_grad);

    private static unsafe Tensor From<T>(
        ReadOnlySpan<T> values, ReadOnlySpan<long> shape, ScalarType? dtype, Device device, bool requires_grad)
        where T : unmanaged
    {
        fixed (T* data = values)
            return Finish(FromMemory(data, (long)values.Length * sizeof(T), TypeOf(typeof(T)), shape), dtype, device, requires_grad);
    }

    private static unsafe Tensor FromMemory(void* data, long bytes, ScalarType type, ReadOnlySpan<long> shape)
    {
        fixed (long* sizes = shape)
            return Tensor.Own(Library.Check(Library.ts_from_memory(data, bytes, (int)type, sizes, shape.Length)));
    }

    private static Tensor Finish(Tensor tensor, ScalarType? dtype, Device device, bool requires_grad)
    {
        InitializeDevice(device);
        var result = dtype is { } type && type != tensor.dtype ? tensor.to_type(type, disposeAfter: true) : tensor;
        return result.Requiring(requires_grad);
    }

    private static ReadOnlySpan<T> Values<T>(IList<T> list) => list switch
    {
        T[] array => array,
        List<T> values => CollectionsMarshal.AsSpan(values),
        _ => list.ToArray(),
    };

    private static ReadOnlySpan<T> Values<T>(Array array)
        where T : unmanaged
        => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);

    private static long[] Shape(Array array) => Enumerable.Range(0, array.Rank).Select(array.GetLongLength).ToArray();
}
