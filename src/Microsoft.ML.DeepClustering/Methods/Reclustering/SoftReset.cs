using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Reclustering;

/// <summary>
/// The soft reset of layers: θ ← α θ + (1 - α) φ. φ of a weight is from U(±sqrt(6 / inputs)), of a bias from U(±1 / sqrt(inputs)).
/// Miklautz et al., ICLR 2025; the distributions are the authors' code's.
/// </summary>
internal static class SoftReset
{
    /// <summary>Moves the weights of the layers.</summary>
    /// <param name="layers">The layers, in their order.</param>
    /// <param name="alpha">α, 0 to 1.</param>
    /// <param name="generator">The source of φ; on the CPU.</param>
    public static void Apply(IEnumerable<PrecisionLayer> layers, double alpha, Generator generator)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        foreach (var layer in layers)
        {
            var parameters = layer.parameters().ToArray();
            var inputs = InputsOf(parameters.Single(p => p.dim() > 1).shape);
            foreach (var parameter in parameters)
            {
                var bound = Math.Sqrt((parameter.dim() > 1 ? 6.0 : 1.0) / inputs);
                var drawn = rand(parameter.shape, dtype: ScalarType.Float32, device: CPU, generator: generator).Times(2 * bound).Minus(bound);
                parameter.copy_(parameter.Times(alpha).Plus(drawn.to(parameter.device).Times(1 - alpha)));
            }
        }
    }

    // (outputs, inputs, ...): each output sees in inputs the size of its filter.
    private static double InputsOf(long[] shape) => shape.Skip(1).Aggregate(1.0, (product, side) => product * side);
}
