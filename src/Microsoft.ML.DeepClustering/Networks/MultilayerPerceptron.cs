using Microsoft.ML.DeepClustering.Onnx;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>
/// Fully connected layers with ReLU, no normalisation: 500-500-2000 as in the encoders of DEC and its successors.
/// Companions attach after the second and the last layer.
/// </summary>
internal sealed class MultilayerPerceptron : BlockNetwork
{
    private static readonly long[] Widths = [500, 500, 2000];

    private readonly Sequential block1;
    private readonly Sequential block2;
    private readonly long _inputSize;

    public MultilayerPerceptron(long inputSize)
        : base(nameof(MultilayerPerceptron))
    {
        _inputSize = inputSize;
        block1 = nn.Sequential(
            ("linear1", new LinearLayer(inputSize, Widths[0])), ("relu1", nn.ReLU(true)),
            ("linear2", new LinearLayer(Widths[0], Widths[1])), ("relu2", nn.ReLU(true)));
        block2 = nn.Sequential(("linear3", new LinearLayer(Widths[1], Widths[2])), ("relu3", nn.ReLU(true)));
        RegisterComponents();
    }

    public static long OutputSize => Widths[^1];

    public override long FeatureCount => OutputSize;

    /// <summary>The number of weights of the first layer.</summary>
    public static long FirstLayerWeights(long inputSize) => Widths[0] * inputSize;

    /// <summary>(n, ...) -> y^1 (n, 500), y^2 (n, 2000).</summary>
    public override NetworkOutput Run(Tensor input)
    {
        var first = block1.forward(input.flatten(1));
        var second = block2.forward(first);
        return new(second, [first, second]);
    }

    public override OnnxValue Export(OnnxValue input) => block2.Export(block1.Export(input.Flatten()));

    /// <summary>2000-500-500-d, ReLU between the layers, linear output.</summary>
    public override nn.Module<Tensor, Tensor> CreateDecoder() => nn.Sequential(
        ("linear1", new LinearLayer(Widths[2], Widths[1])), ("relu1", nn.ReLU(true)),
        ("linear2", new LinearLayer(Widths[1], Widths[0])), ("relu2", nn.ReLU(true)),
        ("linear3", new LinearLayer(Widths[0], _inputSize)));
}
