using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace TorchSharp.Native;

/// <summary>An operator of libtorch, named as its schema names it: <c>add.Tensor</c>. Found at its first call.</summary>
internal sealed unsafe class Op
{
    private const int WordsOnStack = 128;
    private readonly string name;
    private IntPtr handle;

    internal Op(string name) => this.name = name;

    internal string Name => name;

    /// <summary>Looks the operator up; throws if libtorch has none of this name.</summary>
    internal IntPtr Resolve()
    {
        var parts = name.Split('.');
        var qualified = parts[0].Contains("::") ? parts[0] : "aten::" + parts[0];
        fixed (byte* operatorName = Encoding.UTF8.GetBytes(qualified + '\0'))
        fixed (byte* overload = Encoding.UTF8.GetBytes((parts.Length > 1 ? parts[1] : "") + '\0'))
            return handle = Library.Check(Library.ts_find(operatorName, overload));
    }

    /// <summary>Calls an operator that returns one tensor.</summary>
    internal torch.Tensor Call(params ReadOnlySpan<Arg> args)
    {
        int count;
        return torch.Tensor.Own(Invoke(args, &count)[0].Pointer);
    }

    internal (torch.Tensor, torch.Tensor) Call2(params ReadOnlySpan<Arg> args)
    {
        int count;
        var results = Invoke(args, &count);
        return (torch.Tensor.Own(results[0].Pointer), torch.Tensor.Own(results[1].Pointer));
    }

    internal (torch.Tensor, torch.Tensor, torch.Tensor) Call3(params ReadOnlySpan<Arg> args)
    {
        int count;
        var results = Invoke(args, &count);
        return (torch.Tensor.Own(results[0].Pointer), torch.Tensor.Own(results[1].Pointer), torch.Tensor.Own(results[2].Pointer));
    }

    internal torch.Tensor[] CallList(params ReadOnlySpan<Arg> args)
    {
        int count;
        var results = Invoke(args, &count);
        return torch.Tensor.OwnAll(results, count);
    }

    internal bool CallBool(params ReadOnlySpan<Arg> args)
    {
        int count;
        return Invoke(args, &count)[0].Integer != 0;
    }

    /// <summary>Calls an operator that changes its first argument and returns that.</summary>
    internal torch.Tensor Apply(params ReadOnlySpan<Arg> args)
    {
        Invoke(args, null);
        return (torch.Tensor)args[0].Reference;
    }

    /// <summary>Calls an operator for its effect.</summary>
    internal void Run(params ReadOnlySpan<Arg> args) => Invoke(args, null);

    [SkipLocalsInit]
    private Value* Invoke(ReadOnlySpan<Arg> args, int* count)
    {
        var words = 0;
        foreach (ref readonly var arg in args)
            words += arg.Words;
        if (words > WordsOnStack)
            return InvokeOnHeap(args, words, count);
        var space = stackalloc long[words];
        return Invoke(args, space, count);
    }

    private Value* InvokeOnHeap(ReadOnlySpan<Arg> args, int words, int* count)
    {
        var space = (long*)NativeMemory.Alloc((nuint)words, sizeof(long));
        try
        {
            return Invoke(args, space, count);
        }
        finally
        {
            NativeMemory.Free(space);
        }
    }

    [SkipLocalsInit]
    private Value* Invoke(ReadOnlySpan<Arg> args, long* words, int* count)
    {
        var values = stackalloc Value[args.Length];
        for (var i = 0; i < args.Length; i++)
            words += args[i].Write(&values[i], words);
        var results = Library.ts_call(handle != IntPtr.Zero ? handle : Resolve(), values, args.Length, count);
        foreach (ref readonly var arg in args)
            GC.KeepAlive(arg.Reference);
        return results != null ? results : throw Library.Error();
    }
}
