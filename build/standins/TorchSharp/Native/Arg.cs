using System.Runtime.CompilerServices;

namespace TorchSharp.Native;

/// <summary>An argument of an operator; made by implicit conversion from what operators take.</summary>
internal readonly struct Arg
{
    internal static readonly Arg None;

    internal readonly object Reference;
    private readonly long bits;
    private readonly Kind kind;

    private Arg(Kind kind, long bits, object reference = null)
    {
        this.kind = kind;
        this.bits = bits;
        Reference = reference;
    }

    public static implicit operator Arg(torch.Tensor value) => value is null ? default : new(Kind.Tensor, 0, value);

    public static implicit operator Arg(long value) => new(Kind.Int, value);

    public static implicit operator Arg(long? value) => value is long v ? v : default(Arg);

    public static implicit operator Arg(double value) => new(Kind.Double, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Arg(double? value) => value is double v ? v : default(Arg);

    public static implicit operator Arg(bool value) => new(Kind.Bool, value ? 1 : 0);

    public static implicit operator Arg(bool? value) => value is bool v ? v : default(Arg);

    public static implicit operator Arg(string value) => value is null ? default : new(Kind.String, 0, value);

    public static implicit operator Arg(long[] value) => value is null ? default : new(Kind.Ints, 0, value);

    public static implicit operator Arg(ReadOnlySpan<long> value) => value.ToArray();

    public static implicit operator Arg((long, long) value) => new[] { value.Item1, value.Item2 };

    public static implicit operator Arg((long, long)? value) => value is { } v ? v : default(Arg);

    public static implicit operator Arg((long, long, long) value) => new[] { value.Item1, value.Item2, value.Item3 };

    public static implicit operator Arg(double[] value) => value is null ? default : new(Kind.Doubles, 0, value);

    public static implicit operator Arg(torch.Tensor[] value) => value is null ? default : new(Kind.Tensors, 0, value);

    public static implicit operator Arg(torch.Size value) => value.Shape;

    public static implicit operator Arg(Scalar value) => value is null ? default : value.ToArg();

    public static implicit operator Arg(torch.ScalarType value) => (long)value;

    public static implicit operator Arg(torch.ScalarType? value) => value is { } v ? (long)v : default(Arg);

    public static implicit operator Arg(torch.Device value) => value is null ? default : value.ToString();

    public static implicit operator Arg(torch.Generator value) => value is null ? default : new(Kind.Generator, value.Handle, value);

    /// <summary>How many 8-byte words the argument needs beside its Value.</summary>
    internal int Words => kind switch
    {
        Kind.Ints or Kind.Doubles or Kind.Tensors => ((Array)Reference).Length,
        Kind.String => (((string)Reference).Length * 3 / 8) + 1,
        _ => 0,
    };

    /// <summary>Writes the argument for native code; returns the words used.</summary>
    internal unsafe int Write(Value* value, long* words)
    {
        value->Kind = kind;
        value->Count = 0;
        value->Integer = bits;
        switch (kind)
        {
            case Kind.Tensor:
                value->Pointer = Unsafe.As<torch.Tensor>(Reference).Handle;
                return 0;
            case Kind.Ints:
                return WriteWords(value, words, (long[])Reference);
            case Kind.Doubles:
                return WriteWords(value, (double*)words, (double[])Reference);
            case Kind.Tensors:
                return WriteHandles(value, (IntPtr*)words, (torch.Tensor[])Reference);
            case Kind.String:
                var text = (string)Reference;
                value->Pointer = (IntPtr)words;
                value->Count = System.Text.Encoding.UTF8.GetBytes(text, new Span<byte>(words, Words * 8));
                return Words;
            default:
                return 0;
        }
    }

    private static unsafe int WriteWords<T>(Value* value, T* words, T[] items)
        where T : unmanaged
    {
        items.CopyTo(new Span<T>(words, items.Length));
        value->Pointer = (IntPtr)words;
        value->Count = items.Length;
        return items.Length;
    }

    private static unsafe int WriteHandles(Value* value, IntPtr* words, torch.Tensor[] items)
    {
        for (var i = 0; i < items.Length; i++)
            words[i] = items[i] is null ? IntPtr.Zero : items[i].Handle;
        value->Pointer = (IntPtr)words;
        value->Count = items.Length;
        return items.Length;
    }
}
