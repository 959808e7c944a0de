using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Pretraining;

/// <summary>Sets a share of the inputs of a training step to 0, each drawn by itself; in evaluation, for which nothing is drawn, none. Vincent et al. 2010.</summary>
/// <param name="share">0 to below 1.</param>
internal sealed class Corruption(double share)
{
    // 0 where an input is lost, else 1; null in evaluation.
    private Tensor? _kept;

    /// <summary>Draws which inputs of a step are lost. The draw belongs to the dispose scope of the call.</summary>
    /// <param name="inputs">(n, ...).</param>
    /// <param name="generator">On the CPU.</param>
    public void Draw(Tensor inputs, Generator generator)
    {
        if (share == 0)
            return;
        using var scope = NewDisposeScope();
        var drawn = rand(inputs.shape, dtype: ScalarType.Float32, device: CPU, generator: generator);
        _kept = drawn.IsAtLeast(share).to(inputs.dtype, inputs.device).MoveToOuterDisposeScope();
    }

    /// <summary>(n, ...) -> the same with what was drawn lost.</summary>
    public Tensor Apply(Tensor inputs) => _kept is null ? inputs : inputs * _kept;

    /// <summary>Ends the step.</summary>
    public void Clear() => _kept = null;
}
