using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Torch;

/// <summary>
/// Runs the library's work with libtorch in a state of its own, whatever state the calling program has set: a dispose scope, gradients on or off, no
/// inference mode, a number of threads. <see cref="Dispose"/> frees the tensors made meanwhile that were not detached, and restores the caller's state.
/// All of this state belongs to the thread. The default dtype, the default device and the global generator belong to the process: they are left alone,
/// so every tensor names its dtype and device, and every draw its generator.
/// </summary>
internal sealed class TorchSession : IDisposable
{
    private readonly bool _trains;
    private readonly bool _callerInfers = is_inference_mode_enabled();
    private readonly bool _callerHasGradients = is_grad_enabled();
    private readonly int _callerThreads = get_num_threads();
    private readonly ThreadCount? _threads;
    private readonly IDisposable _inference;
    private readonly IDisposable _gradients;
    private readonly Tensor? _ofCaller;
    private readonly DisposeScope _scope;

    private TorchSession(bool trains, int? numberOfThreads)
    {
        _trains = trains;
        _threads = trains ? new ThreadCount(numberOfThreads) : null;
        _inference = inference_mode(false);
        _gradients = set_grad_enabled(trains);
        // Stands in the caller's scope, to find it by.
        _ofCaller = trains ? empty(new[] { 0L }, dtype: ScalarType.Float32, device: CPU) : null;
        _scope = NewDisposeScope();
    }

    /// <summary>With gradients. The caller's own code, such as a progress handler, must run <see cref="Outside"/>.</summary>
    /// <param name="numberOfThreads">Of libtorch, or null for the number as it is.</param>
    public static TorchSession ForTraining(int? numberOfThreads) => new(trains: true, numberOfThreads);

    /// <summary>Without gradients, for work that calls none of the caller's code.</summary>
    public static TorchSession WithoutGradients() => new(trains: false, numberOfThreads: null);

    /// <summary>
    /// Runs the calling program's own code within a training: it finds the caller's modes and number of threads, the tensors that it makes belong to the caller's dispose
    /// scope, and what it throws is not taken for a fault of libtorch.
    /// </summary>
    public void Outside(Action work)
    {
        using var inference = inference_mode(_callerInfers);
        using var gradients = set_grad_enabled(_callerHasGradients);
        using var threads = new ThreadCount(_callerThreads);
        using var scope = NewDisposeScope();
        try
        {
            CallerFault.Run(work);
        }
        finally
        {
            foreach (var made in scope.DisposablesView.OfType<Tensor>())
                made.MoveToOtherDisposeScope(_ofCaller!);
            // Packed sequences.
            scope.Detach(scope.DisposablesView);
        }
    }

    public void Dispose()
    {
        _scope.Dispose();
        _ofCaller?.Dispose();
        _gradients.Dispose();
        _inference.Dispose();
        _threads?.Dispose();
        if (_trains)
            FreedMemory.GiveBack();
    }
}
