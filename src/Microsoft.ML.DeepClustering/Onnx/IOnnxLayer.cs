namespace Microsoft.ML.DeepClustering.Onnx;

/// <summary>A layer, or several, that can be written to an ONNX graph.</summary>
internal interface IOnnxLayer
{
    /// <summary>The counterpart of the layer's forward in evaluation: (n, inputs ...) -> (n, outputs ...).</summary>
    OnnxValue Export(OnnxValue input);
}
