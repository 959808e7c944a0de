using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Optimizers;

/// <summary>
/// Moves parameters against their gradients. On the CPU a step is one pass over each parameter, its gradient and its moments; elsewhere it
/// is a few operations in place. Parameters without a gradient stay as they are.
/// </summary>
/// <remarks>
/// TorchSharp's own optimisers make several passes, and hand numbers to libtorch in objects that the garbage collector may free while
/// libtorch still reads them: on a busy machine a step then fails, or takes another number.
/// </remarks>
internal abstract class ParameterOptimizer : IDisposable
{
    private readonly List<Tensor> _owned = [];

    /// <param name="parameters">Of float32, contiguous; they stay the caller's.</param>
    /// <param name="learningRate">Above 0.</param>
    protected ParameterOptimizer(IEnumerable<Parameter> parameters, double learningRate)
    {
        Parameters = [.. parameters];
        LearningRate = learningRate;
    }

    /// <summary>What is trained, in a fixed order.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>May be changed between steps; the moments stay.</summary>
    public double LearningRate { get; set; }

    /// <summary>Steps by operations of libtorch on the CPU too, for tests of what a GPU does.</summary>
    public bool UsesTensorOperations { get; init; }

    /// <summary>One step with the gradients that the parameters have now.</summary>
    public void Step()
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var work = new ParallelRanges();
        for (var i = 0; i < Parameters.Count; i++)
        {
            if (Parameters[i].grad is not { } gradient)
                continue;
            if (UsesTensorOperations || gradient.device.type != DeviceType.CPU)
                StepByOperations(i, gradient);
            else
                AddRanges(work, i, gradient.contiguous());
        }

        work.Run();
    }

    /// <summary>Zeroes what is remembered of a parameter's gradients; a parameter that is not trained has nothing to forget. The number of steps stays.</summary>
    public void ResetMoments(Parameter parameter)
    {
        using var gradientsOff = no_grad();
        for (var i = 0; i < Parameters.Count; i++)
        {
            if (!ReferenceEquals(Parameters[i], parameter))
                continue;
            foreach (var moment in MomentsOf(i))
                moment.zero_();
        }
    }

    /// <summary>What a checkpoint holds, by name; later steps change the tensors.</summary>
    public abstract IReadOnlyDictionary<string, Tensor> State();

    /// <summary>Takes up the state of an optimiser of the same parameters.</summary>
    /// <param name="copyTo">Fills the tensors that it is given, by the names that they have in <see cref="State"/>.</param>
    public abstract void Restore(Action<IReadOnlyDictionary<string, Tensor>> copyTo);

    public virtual void Dispose()
    {
        _owned.ForEach(t => t.Dispose());
        _owned.Clear();
    }

    /// <summary>Zeros of a parameter's shape on its device, freed with the optimiser.</summary>
    protected Tensor[] Moments()
    {
        using var gradientsOff = no_grad();
        var moments = Parameters.Select(p => zeros(p.shape, dtype: p.dtype, device: p.device).DetachFromDisposeScope()).ToArray();
        _owned.AddRange(moments);
        return moments;
    }

    /// <summary>The moments of one parameter.</summary>
    protected abstract IEnumerable<Tensor> MomentsOf(int index);

    /// <summary>The step of one parameter by operations in place.</summary>
    protected abstract void StepByOperations(int index, Tensor gradient);

    /// <summary>The step of one parameter as work on ranges of its values.</summary>
    protected abstract void AddRanges(ParallelRanges work, int index, Tensor gradient);
}
