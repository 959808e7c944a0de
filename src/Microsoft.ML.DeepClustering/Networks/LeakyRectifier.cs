using Microsoft.ML.DeepClustering.Onnx;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>x where x is above 0, else x times a slope: (n, ...) -> the same.</summary>
/// <param name="slope">For negative values, above 0 and below 1.</param>
internal sealed class LeakyRectifier(double slope) : nn.Module<Tensor, Tensor>(nameof(LeakyRectifier)), IOnnxLayer
{
    /// <summary>ReLU for a slope of 0, else a leaky one.</summary>
    public static nn.Module<Tensor, Tensor> Create(double slope) => slope == 0 ? nn.ReLU(true) : new LeakyRectifier(slope);

    /// <summary>The same of values that are in no layer.</summary>
    public static Tensor Apply(Tensor values, double slope) => slope == 0 ? values.relu() : values.LeakyRelu(slope);

    public OnnxValue Export(OnnxValue input) => input.LeakyRelu((float)slope);

    public override Tensor forward(Tensor input) => input.LeakyRelu(slope);
}
