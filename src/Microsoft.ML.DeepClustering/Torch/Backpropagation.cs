using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Torch;

/// <summary>
/// Backward passes through gradients by hand. libtorch calls such a gradient from native code, through which no exception can pass: it would end the process;
/// and on a GPU from a thread of its own, where no dispose scope is open. What the gradients of a pass could not throw is thrown at its end, and what they made is freed then.
/// </summary>
internal sealed class Backpropagation
{
    // Not of the thread that computes the gradient, but of that which asked for the pass.
    private static readonly ThreadLocal<Backpropagation> OfEach = new(() => new());

    private readonly List<Tensor> _made = [];
    private ExceptionDispatchInfo? _fault;

    /// <summary>That of the calling thread.</summary>
    public static Backpropagation OfThread => OfEach.Value!;

    /// <summary>A backward pass from a loss; throws what a gradient by hand could not.</summary>
    /// <param name="loss">A scalar.</param>
    /// <param name="keepsGraph">Whether another pass may follow.</param>
    /// <param name="inputs">The parameters that get gradients; null for all.</param>
    public static void Run(Tensor loss, bool keepsGraph = false, IList<Tensor>? inputs = null)
    {
        var pass = OfThread;
        pass.End();
        try
        {
            // Not autograd.grad: an error of libtorch in it ends the process.
            autograd.backward([loss], null, keepsGraph, inputs: inputs);
        }
        finally
        {
            var fault = pass.End();
            fault?.Throw();
        }
    }

    /// <summary>Takes a tensor of a gradient by hand, which the pass frees. May be called by another thread.</summary>
    public Tensor Keep(Tensor made)
    {
        lock (_made)
            _made.Add(made.DetachFromDisposeScope());
        return made;
    }

    /// <summary>Holds an exception. May be called by another thread.</summary>
    public void Hold(Exception fault)
    {
        lock (_made)
            _fault = ExceptionDispatchInfo.Capture(fault);
    }

    // Of a pass that another has begun and not ended, too.
    private ExceptionDispatchInfo? End()
    {
        lock (_made)
        {
            _made.ForEach(t => t.Dispose());
            _made.Clear();
            var fault = _fault;
            _fault = null;
            return fault;
        }
    }
}
