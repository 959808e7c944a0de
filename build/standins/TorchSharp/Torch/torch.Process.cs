using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static DisposeScope CurrentDisposeScope => DisposeScopeManager.Current.Innermost;

    /// <summary>The BLAS in use as it describes itself; empty if it is not OpenBLAS.</summary>
    internal static string BlasConfiguration => Marshal.PtrToStringUTF8(Library.ts_blas());

    public static DisposeScope NewDisposeScope() => DisposeScopeManager.Current.Push();

    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }

    public static int get_num_threads() => Library.ts_num_threads();

    public static void set_num_threads(int num) => Library.Check(Library.ts_set_num_threads(num));

    public static int get_num_interop_threads() => Library.ts_interop_threads();

    public static void set_num_interop_threads(int num) => Library.Check(Library.ts_set_interop_threads(num));
}
