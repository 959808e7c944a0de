using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Onnx;

/// <summary>
/// A value of an ONNX graph: the counterpart of a <see cref="Tensor"/>, whose operations add nodes instead of computing. So a method's graph reads as
/// its torch code does and stands beside it. The operators are those of the operator sets 9 to 12.
/// </summary>
/// <param name="graph">The graph.</param>
/// <param name="name">The variable or constant.</param>
internal sealed class OnnxValue(OnnxGraph graph, string name)
{
    public OnnxGraph Graph => graph;

    /// <summary>The name in the graph.</summary>
    public string Name => name;

    /// <summary>a + b.</summary>
    public OnnxValue Plus(float b) => Binary("Add", graph.Constant(b));

    /// <summary>a + b of whole numbers.</summary>
    public OnnxValue Plus(long b) => Binary("Add", graph.Constant(b));

    /// <summary>a - b, broadcast.</summary>
    public OnnxValue Minus(OnnxValue b) => Binary("Sub", b);

    /// <summary>a · b.</summary>
    public OnnxValue Times(float b) => Binary("Mul", graph.Constant(b));

    /// <summary>a / b, broadcast.</summary>
    public OnnxValue Over(OnnxValue b) => Binary("Div", b);

    /// <summary>a² of each value.</summary>
    public OnnxValue Squared() => Binary("Mul", this);

    /// <summary>The larger of each value and a number.</summary>
    public OnnxValue AtLeast(float least) => Binary("Max", graph.Constant(least));

    /// <summary>1 / a.</summary>
    public OnnxValue Reciprocal() => Unary("Reciprocal");

    /// <summary>The natural logarithm.</summary>
    public OnnxValue Log() => Unary("Log");

    /// <summary>max(a, 0).</summary>
    public OnnxValue Relu() => Unary("Relu");

    /// <summary>a, or slope · a where it is below 0.</summary>
    public OnnxValue LeakyRelu(float slope) => Unary("LeakyRelu", ("alpha", slope));

    /// <summary>The hyperbolic tangent.</summary>
    public OnnxValue Tanh() => Unary("Tanh");

    /// <summary>(n, k) -> (n, k): softmax of each row; the largest value of a row is subtracted first.</summary>
    public OnnxValue Softmax() => Unary("Softmax", ("axis", 1L));

    /// <summary>The sum over a dimension, which is kept with size 1 or dropped.</summary>
    public OnnxValue Sum(long dimension, bool keep) => Unary("ReduceSum", ("axes", new[] { dimension }), ("keepdims", keep ? 1L : 0L));

    /// <summary>(n, k) -> (n, 1): the index of the smallest value of each row, the first of equals, int64.</summary>
    public OnnxValue ArgMin() => Unary("ArgMin", ("axis", 1L), ("keepdims", 1L));

    /// <summary>Values of another type.</summary>
    public OnnxValue Cast<T>() => Unary("Cast", ("to", typeof(T)));

    /// <summary>The same values in another shape; -1 stands for the size that is left.</summary>
    public OnnxValue Reshape(params long[] shape) => Binary("Reshape", graph.Constant(shape));

    /// <summary>The dimensions in another order.</summary>
    public OnnxValue Permute(params long[] dimensions) => Unary("Transpose", ("perm", dimensions));

    /// <summary>A new dimension of size 1.</summary>
    public OnnxValue Unsqueeze(long dimension) => Unary("Unsqueeze", ("axes", new[] { dimension }));

    /// <summary>(n, ...) -> (n, all others).</summary>
    public OnnxValue Flatten() => Unary("Flatten", ("axis", 1L));

    /// <summary>x Wᵀ + b: (n, inputs) -> (n, outputs).</summary>
    /// <param name="weights">W, (outputs, inputs).</param>
    /// <param name="biases">b, (outputs).</param>
    public OnnxValue Linear(Tensor weights, Tensor biases) => graph.Node("Gemm", [this, graph.Constant(weights), graph.Constant(biases)], ("transB", 1L));

    /// <summary>A convolution: (n, inputs, h, w) -> (n, outputs, ...), without padding h - side + 1 and w - side + 1.</summary>
    /// <param name="weights">(outputs, inputs, side, side).</param>
    /// <param name="biases">(outputs).</param>
    /// <param name="stride">Pixels from one place of a filter to the next.</param>
    /// <param name="padding">Pixels of zeros on each edge.</param>
    public OnnxValue Convolution(Tensor weights, Tensor biases, long stride, long padding)
    {
        OnnxValue[] inputs = [this, graph.Constant(weights), graph.Constant(biases)];
        return stride == 1 && padding == 0
            ? graph.Node("Conv", inputs, ("kernel_shape", weights.shape[2..]))
            : graph.Node("Conv", inputs, ("kernel_shape", weights.shape[2..]), ("strides", new[] { stride, stride }), ("pads", new[] { padding, padding, padding, padding }));
    }

    /// <summary>Batch normalisation with the means and variances of all data: (n, features, ...) -> the same; each tensor (features).</summary>
    public OnnxValue BatchNormalization(Tensor scales, Tensor shifts, Tensor means, Tensor variances, double epsilon) => graph.Node(
        "BatchNormalization",
        [this, graph.Constant(scales), graph.Constant(shifts), graph.Constant(means), graph.Constant(variances)],
        ("epsilon", (float)epsilon));

    /// <summary>The largest of each square without overlap; a rest at the end is dropped: (n, c, h, w) -> (n, c, h / side, w / side).</summary>
    public OnnxValue MaxPool(long side) => Unary("MaxPool", ("kernel_shape", new[] { side, side }), ("strides", new[] { side, side }));

    /// <summary>
    /// Bilinear interpolation, the centres of pixels half a pixel from the edges: (n, c, h, w) -> (n, c, new h, new w). Needs operator set 11.
    /// </summary>
    /// <param name="from">h and w.</param>
    /// <param name="to">The new ones.</param>
    public OnnxValue Resize((long Height, long Width) from, (long Height, long Width) to)
    {
        graph.Require(11, $"the Resize of images of {from.Height} x {from.Width} to {to.Height} x {to.Width} pixels");
        var scales = graph.Constant(1f, 1f, Scale(from.Height, to.Height), Scale(from.Width, to.Width));
        // The second input would name a region of the image.
        return graph.Node("Resize", [this, graph.Constant(Array.Empty<float>()), scales], ("mode", "linear"), ("coordinate_transformation_mode", "half_pixel"));
    }

    // ONNX takes the largest whole number not above side times scale.
    private static float Scale(long from, long to)
    {
        var scale = (float)to / from;
        while (from * scale < to)
            scale = MathF.BitIncrement(scale);
        return scale;
    }

    private OnnxValue Unary(string operation, params ReadOnlySpan<(string Name, object Value)> attributes) => graph.Node(operation, [this], attributes);

    private OnnxValue Binary(string operation, OnnxValue other) => graph.Node(operation, [this, other]);
}
