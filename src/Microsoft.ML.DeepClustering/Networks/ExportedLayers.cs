using Microsoft.ML.DeepClustering.Onnx;
using TorchSharp.Modules;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>Writes layers that follow each other to an ONNX graph.</summary>
internal static class ExportedLayers
{
    /// <summary>(n, inputs ...) -> (n, outputs ...).</summary>
    public static OnnxValue Export(this Sequential layers, OnnxValue input) => layers.children().Aggregate(input, (value, layer) => layer switch
    {
        IOnnxLayer exported => exported.Export(value),
        ReLU => value.Relu(),
        _ => throw new NotSupportedException($"The layer {layer.GetName()} has no form in ONNX."),
    });
}
