using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>How a layer's parameters start when nothing else is asked, as PyTorch starts them.</summary>
internal static class Initial
{
    /// <summary>Uniform in ±1/sqrt(fan in), written as Kaiming's with a gain for a = sqrt(5).</summary>
    internal static Tensor Kaiming(Tensor weight) => nn.init.kaiming_uniform_(weight, Math.Sqrt(5));

    internal static Tensor Bias(Tensor bias, long fanIn)
    {
        var bound = fanIn > 0 ? 1 / Math.Sqrt(fanIn) : 0;
        return nn.init.uniform_(bias, -bound, bound);
    }
}
