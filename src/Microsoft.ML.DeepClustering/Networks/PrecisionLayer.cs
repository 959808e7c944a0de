using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>
/// A layer with weights of float32 whose product is computed in the precision of a training: in bfloat16 its input, weights and output are, and the
/// next layer takes them so. In evaluation, and so in scoring, everything is float32.
/// </summary>
internal abstract class PrecisionLayer : nn.Module<Tensor, Tensor>
{
    // Registered under these names, which are those of the saved weights.
    private protected readonly Parameter weight;
    private protected readonly Parameter bias;

    /// <param name="name">The layer's name.</param>
    /// <param name="weightShape">The shape of the weights, 0 until they are drawn or read.</param>
    /// <param name="outputs">The number of biases.</param>
    protected PrecisionLayer(string name, long[] weightShape, long outputs)
        : base(name)
    {
        weight = new(zeros(weightShape, dtype: ScalarType.Float32, device: CPU));
        bias = new(zeros(new[] { outputs }, dtype: ScalarType.Float32, device: CPU));
        RegisterComponents();
    }

    /// <summary>The precision of training steps.</summary>
    public NumericPrecision Precision { get; set; } = NumericPrecision.Float32;

    /// <summary>(outputs).</summary>
    public Parameter Bias => bias;

    /// <summary>Sets the precision of all layers of a module.</summary>
    public static void Set(nn.Module module, NumericPrecision precision)
    {
        foreach (var layer in module.modules().Append(module).OfType<PrecisionLayer>())
            layer.Precision = precision;
    }

    /// <summary>(n, inputs ...) -> (n, outputs ...).</summary>
    public sealed override Tensor forward(Tensor input)
    {
        if (Precision == NumericPrecision.Float32 || !training)
            return Compute(input, weight, bias);
        return Compute(input.to(ScalarType.BFloat16), weight.to(ScalarType.BFloat16), bias.to(ScalarType.BFloat16));
    }

    /// <summary>The product; all three are of one type.</summary>
    protected abstract Tensor Compute(Tensor input, Tensor weights, Tensor biases);
}
