using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Depict;

/// <summary>
/// Dropout of one training step, which a pass may take and another leave: values are set to 0 at random, and the others divided by the share that is left. Srivastava et al. 2014.
/// In evaluation, for which nothing is drawn, there is none.
/// </summary>
/// <param name="share">Of the values that are lost, 0 to below 1.</param>
internal sealed class DropoutNoise(double share)
{
    // What the values that go into layer 0, 1, ... are multiplied by; empty in evaluation.
    private Tensor[] _factors = [];

    /// <summary>Whether a step has noise.</summary>
    public bool IsDrawn => _factors.Length > 0;

    /// <summary>Draws the noise of a step. It belongs to the dispose scope of the call.</summary>
    /// <param name="shapes">Of the values that go into layer 0, 1, ..., (n, ...) each; those of further layers stay as they are.</param>
    /// <param name="generator">On the CPU.</param>
    /// <param name="device">Of the values.</param>
    public void Draw(IEnumerable<long[]> shapes, Generator generator, Device device)
    {
        if (share > 0)
            _factors = [.. shapes.Select(shape => Factors(shape, generator, device))];
    }

    /// <summary>What goes into a layer -> the same with its noise.</summary>
    public Tensor Apply(int layer, Tensor values) => layer < _factors.Length ? values * _factors[layer].to(values.dtype) : values;

    /// <summary>Ends the step.</summary>
    public void Clear() => _factors = [];

    private Tensor Factors(long[] shape, Generator generator, Device device)
    {
        using var scope = NewDisposeScope();
        var drawn = rand(shape, dtype: ScalarType.Float32, device: CPU, generator: generator);
        return drawn.IsAtLeast(share).to(ScalarType.Float32).Over(1 - share).to(device).MoveToOuterDisposeScope();
    }
}
