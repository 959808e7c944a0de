using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Internals;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Onnx;

/// <summary>The ONNX graph that a trained method is written to. <see cref="OnnxValue"/> has the operations.</summary>
/// <param name="writer">ML.NET's side of it.</param>
internal sealed class OnnxGraph(OnnxWriter writer)
{
    /// <summary>The operator set that everything is possible with unless it asks for another by <see cref="Require"/>.</summary>
    public const int MinimumOperatorSet = 9;

    /// <summary>A column of the pipeline, (n, ...).</summary>
    public OnnxValue Column(string name) => new(this, writer.Column(name));

    /// <summary>Makes a value a column of the pipeline.</summary>
    public void AddColumn(string name, DataViewType type, OnnxValue value) => writer.AddColumn(name, type, value.Name);

    /// <summary>A copy of a tensor of float32.</summary>
    public OnnxValue Constant(Tensor values) => new(this, writer.AddConstant(values.detach().cpu().contiguous().data<float>().ToArray(), values.shape));

    /// <summary>Floats, in one dimension.</summary>
    public OnnxValue Constant(params float[] values) => new(this, writer.AddConstant(values, [values.Length]));

    /// <summary>Whole numbers, in one dimension.</summary>
    public OnnxValue Constant(params long[] values) => new(this, writer.AddConstant(values, [values.Length]));

    /// <summary>What an operator gives for some values.</summary>
    public OnnxValue Node(string operation, IEnumerable<OnnxValue> inputs, params ReadOnlySpan<(string Name, object Value)> attributes)
        => new(this, writer.AddNode(operation, inputs.Select(i => i.Name), attributes));

    /// <summary>Throws ML.NET's error where the graph is to be of an older operator set.</summary>
    /// <param name="operatorSet">The oldest that will do.</param>
    /// <param name="name">What needs it.</param>
    public void Require(int operatorSet, string name) => writer.RequireOperatorSet(operatorSet, name);
}
