using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace Microsoft.ML.DeepClustering.Kernels;

/// <summary>
/// The same values, whose gradient is zero where it is nearer to zero than 1e-30. Once rows belong to their clusters without doubt, most distances
/// have a gradient of some 1e-40, a subnormal number, for which a processor takes up to a hundred times as long.
/// </summary>
internal sealed class ReachingGradient : SingleTensorFunction<ReachingGradient>
{
    private const double Least = 1e-30;

    /// <inheritdoc/>
    public override string Name => nameof(ReachingGradient);

    /// <summary>(...) -> the same.</summary>
    public static Tensor Of(Tensor values) => values.requires_grad ? apply(values) : values;

    /// <summary>Takes the values.</summary>
    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        using var gradientsOff = no_grad();
        ctx.save_data(nameof(Backpropagation), Backpropagation.OfThread);
        return ((Tensor)vars[0]).clone();
    }

    /// <summary>The gradient of the values; NaN stays.</summary>
    public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output)
    {
        var pass = (Backpropagation)ctx.get_data(nameof(Backpropagation));
        try
        {
            using var gradientsOff = no_grad();
            using var scope = NewDisposeScope();
            pass.Keep(grad_output);
            return [pass.Keep(grad_output.With(grad_output.abs().IsAtMost(Least), 0))];
        }
        catch (Exception fault)
        {
            pass.Hold(fault);
            return [null!];
        }
    }
}
