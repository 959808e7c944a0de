using Microsoft.ML.DeepClustering.Onnx;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>
/// Fully connected layers with ReLU or leaky ReLU, no normalisation: 500-500-2000 as in the encoders of DEC and its successors, or others.
/// Companions attach after the last layer but one and after the last.
/// </summary>
internal sealed class MultilayerPerceptron : BlockNetwork
{
    /// <summary>Those of Xie et al. 2016, Section 4.3.</summary>
    public static readonly IReadOnlyList<long> UsualWidths = [500, 500, 2000];

    // All layers but the last, and the last.
    private readonly Sequential block1;
    private readonly Sequential block2;
    private readonly long _inputSize;
    private readonly IReadOnlyList<long> _widths;

    /// <param name="inputSize">d.</param>
    /// <param name="widths">Of the layers from the input on, 1 or more; null for the usual ones.</param>
    /// <param name="negativeSlope">Of the ReLU for negative values.</param>
    public MultilayerPerceptron(long inputSize, IReadOnlyList<long>? widths = null, double negativeSlope = 0)
        : base(nameof(MultilayerPerceptron))
    {
        NegativeSlope = negativeSlope;
        (_inputSize, _widths) = (inputSize, widths ?? UsualWidths);
        var layers = Layers([inputSize, .. _widths]).ToArray();
        block1 = nn.Sequential(layers[..^2]);
        block2 = nn.Sequential(layers[^2..]);
        RegisterComponents();
    }

    public override long FeatureCount => _widths[^1];

    public override double NegativeSlope { get; }

    /// <summary>The number of weights of all layers.</summary>
    public static Int128 Weights(long inputSize, IReadOnlyList<long> widths)
        => widths.Prepend(inputSize).Zip(widths).Aggregate((Int128)0, (sum, layer) => sum + ((Int128)layer.First * layer.Second));

    /// <summary>(n, ...) -> y^1, the output of the last layer but one if there is one, and y^2, that of the last.</summary>
    public override NetworkOutput Run(Tensor input)
    {
        var flat = input.flatten(1);
        if (_widths.Count == 1)
        {
            var only = block2.forward(flat);
            return new(only, [only]);
        }

        var first = block1.forward(flat);
        var second = block2.forward(first);
        return new(second, [first, second]);
    }

    public override OnnxValue Export(OnnxValue input) => block2.Export(block1.Export(input.Flatten()));

    /// <summary>The widths in turn from the last to d, ReLU between the layers, linear output.</summary>
    public override nn.Module<Tensor, Tensor> CreateDecoder() => nn.Sequential(Layers([.. _widths.Reverse(), _inputSize]).SkipLast(1));

    // linear1, relu1, linear2, ...: the names are those of the saved weights.
    private IEnumerable<(string Name, nn.Module<Tensor, Tensor> Layer)> Layers(IReadOnlyList<long> sizes)
    {
        for (var i = 1; i < sizes.Count; i++)
        {
            yield return ($"linear{i}", new LinearLayer(sizes[i - 1], sizes[i]));
            yield return ($"relu{i}", LeakyRectifier.Create(NegativeSlope));
        }
    }
}
