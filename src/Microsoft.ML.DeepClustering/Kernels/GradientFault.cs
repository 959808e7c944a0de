using System.Runtime.ExceptionServices;

namespace Microsoft.ML.DeepClustering.Kernels;

/// <summary>
/// An exception of a gradient by hand, held until the thread that asked for the gradient computes the next value. libtorch calls such a
/// gradient from native code, through which no exception can pass: it would end the process.
/// </summary>
internal sealed class GradientFault
{
    // Not the thread that computes the gradient: on a GPU that is one of libtorch's own.
    private static readonly ThreadLocal<GradientFault> OfEach = new(() => new());

    private ExceptionDispatchInfo? _fault;

    /// <summary>That of the calling thread.</summary>
    public static GradientFault OfThread => OfEach.Value!;

    /// <summary>Holds an exception. May be called by another thread.</summary>
    public void Hold(Exception fault) => Volatile.Write(ref _fault, ExceptionDispatchInfo.Capture(fault));

    /// <summary>Throws what was held, once.</summary>
    public void Throw() => Interlocked.Exchange(ref _fault, null)?.Throw();
}
