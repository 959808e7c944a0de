using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>Sets all weights of a module from the generator of a run, so that no global random state matters.</summary>
internal static class WeightInitializer
{
    /// <summary>Matrices and filters are drawn, vectors named bias are zeroed; scales of normalisation layers stay at one.</summary>
    public static void Initialize(nn.Module module, WeightInitialization rule, Generator generator)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var transposed = TransposedWeights(module);
        foreach (var (name, parameter) in module.named_parameters())
        {
            if (parameter.dim() >= 2)
                parameter.copy_(Draw(parameter.shape, rule, transposed.Contains(name), generator).to(parameter.device));
            else if (name.EndsWith("bias", StringComparison.Ordinal))
                parameter.zero_();
        }
    }

    private static HashSet<string> TransposedWeights(nn.Module module)
    {
        var names = new HashSet<string>();
        foreach (var (name, child) in module.named_modules())
        {
            if (child is TransposedConvolutionLayer)
                names.Add($"{name}.weight");
        }

        return names;
    }

    private static Tensor Draw(long[] shape, WeightInitialization rule, bool transposed, Generator generator)
    {
        // (out, in, ...), or (in, out, ...) of a transposed convolution: each unit sees in x the size of the filter.
        var field = shape.Skip(2).Aggregate(1L, (a, b) => a * b);
        double fanIn = shape[transposed ? 0 : 1] * field, fanOut = shape[transposed ? 1 : 0] * field;
        if (rule == WeightInitialization.HeNormal)
            return randn(shape, dtype: ScalarType.Float32, device: CPU, generator: generator).Times(Math.Sqrt(2 / fanIn));
        var bound = rule == WeightInitialization.UniformByInputs ? Math.Sqrt(1 / fanIn) : Math.Sqrt(6 / (fanIn + fanOut));
        return rand(shape, dtype: ScalarType.Float32, device: CPU, generator: generator).Times(2 * bound).Minus(bound);
    }
}
