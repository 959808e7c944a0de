using System.Runtime.InteropServices;

namespace TorchSharp.Native;

internal enum Kind
{
    None,
    Tensor,
    Int,
    Double,
    Bool,
    String,
    Ints,
    Doubles,
    Tensors,
    Generator,
}

/// <summary>One argument or result of an operator as native code sees it; the layout is that of torchstandin.cpp.</summary>
[StructLayout(LayoutKind.Explicit)]
internal struct Value
{
    [FieldOffset(0)] internal Kind Kind;
    [FieldOffset(4)] internal int Count;
    [FieldOffset(8)] internal long Integer;
    [FieldOffset(8)] internal double Number;
    [FieldOffset(8)] internal IntPtr Pointer;
}
