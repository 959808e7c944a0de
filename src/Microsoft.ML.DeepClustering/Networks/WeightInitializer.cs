using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>Sets all weights of a module from the generator of a run, so that no global random state matters.</summary>
internal static class WeightInitializer
{
    /// <summary>Matrices and filters are drawn, vectors named bias are zeroed, or drawn too where the rule says so; scales of normalisation layers stay at one, their shifts at zero.</summary>
    public static void Initialize(nn.Module module, WeightInitialization rule, Generator generator)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var transposed = TransposedWeights(module);
        // The layer whose matrix was drawn last, and its inputs.
        var (layer, inputs) = ((string?)null, 0.0);
        foreach (var (name, parameter) in module.named_parameters())
        {
            if (parameter.dim() >= 2)
            {
                // PyTorch takes the second size for the inputs of every layer.
                var fans = Fans(parameter.shape, transposed.Contains(name) && rule != WeightInitialization.PyTorch);
                (layer, inputs) = (LayerOf(name), fans.In);
                parameter.copy_(Draw(parameter.shape, rule, fans, generator).to(parameter.device));
            }
            else if (name.EndsWith("bias", StringComparison.Ordinal) && rule == WeightInitialization.PyTorch && LayerOf(name) == layer)
            {
                parameter.copy_(Uniform(parameter.shape, Math.Sqrt(1 / inputs), generator).to(parameter.device));
            }
            else if (name.EndsWith("bias", StringComparison.Ordinal))
            {
                parameter.zero_();
            }
        }
    }

    private static string LayerOf(string parameter) => parameter[..(parameter.LastIndexOf('.') + 1)];

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

    // (out, in, ...), or (in, out, ...) of a transposed convolution: each unit sees in x the size of the filter.
    private static (double In, double Out) Fans(long[] shape, bool transposed)
    {
        var field = shape.Skip(2).Aggregate(1L, (a, b) => a * b);
        return (shape[transposed ? 0 : 1] * field, shape[transposed ? 1 : 0] * field);
    }

    private static Tensor Draw(long[] shape, WeightInitialization rule, (double In, double Out) fans, Generator generator) => rule switch
    {
        WeightInitialization.HeNormal => randn(shape, dtype: ScalarType.Float32, device: CPU, generator: generator).Times(Math.Sqrt(2 / fans.In)),
        WeightInitialization.GlorotUniform => Uniform(shape, Math.Sqrt(6 / (fans.In + fans.Out)), generator),
        _ => Uniform(shape, Math.Sqrt(1 / fans.In), generator),
    };

    private static Tensor Uniform(long[] shape, double bound, Generator generator)
        => rand(shape, dtype: ScalarType.Float32, device: CPU, generator: generator).Times(2 * bound).Minus(bound);
}
