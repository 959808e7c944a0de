using System.Globalization;
using TorchSharp.Native;

namespace TorchSharp;

/// <summary>A number that takes part in an operation without deciding its type.</summary>
public sealed class Scalar : IDisposable
{
    private readonly double number;
    private readonly long integer;

    private Scalar(torch.ScalarType type, double number, long integer)
    {
        Type = type;
        this.number = number;
        this.integer = integer;
    }

    public torch.ScalarType Type { get; }

    public static implicit operator Scalar(byte value) => new(torch.ScalarType.Byte, value, value);

    public static implicit operator Scalar(sbyte value) => new(torch.ScalarType.Int8, value, value);

    public static implicit operator Scalar(short value) => new(torch.ScalarType.Int16, value, value);

    public static implicit operator Scalar(int value) => new(torch.ScalarType.Int32, value, value);

    public static implicit operator Scalar(long value) => new(torch.ScalarType.Int64, value, value);

    public static implicit operator Scalar(Half value) => new(torch.ScalarType.Float16, (double)value, 0);

    public static implicit operator Scalar(float value) => new(torch.ScalarType.Float32, value, 0);

    public static implicit operator Scalar(double value) => new(torch.ScalarType.Float64, value, 0);

    public static implicit operator Scalar(bool value) => new(torch.ScalarType.Bool, value ? 1 : 0, value ? 1 : 0);

    public void Dispose()
    {
    }

    internal bool IsFloatingPoint => torch.is_floating_point(Type);

    internal double AsDouble => number;

    internal long AsLong => IsFloatingPoint ? (long)number : integer;

    internal Arg ToArg() => Type == torch.ScalarType.Bool ? integer != 0 : IsFloatingPoint ? (Arg)number : (Arg)integer;

}
