using Microsoft.ML.DeepClustering.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>Bounds on gradients.</summary>
internal static class GradientClipping
{
    // That of torch.nn.utils.clip_grad_norm_.
    private const double Floor = 1e-6;

    /// <summary>Clips each parameter's gradient to a norm, each by itself: clip_grad_norm_ of one parameter, without its wait for the device to give the norm.</summary>
    /// <param name="parameters">Those without a gradient are left out.</param>
    /// <param name="maximumNorm">Above 0.</param>
    public static void ClipEach(IEnumerable<Parameter> parameters, double maximumNorm)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        foreach (var parameter in parameters)
        {
            if (parameter.grad is { } gradient)
                gradient.mul_(gradient.norm().Plus(Floor).reciprocal().Times(maximumNorm).AtMost(1));
        }
    }
}
