namespace Microsoft.ML.DeepClustering.Onnx;

/// <summary>A method that can be written as an ONNX graph. ML.NET refuses to convert the model of any other.</summary>
internal interface IOnnxMethod
{
    /// <summary>Prepared features (n, ...) -> embedding, distances and probabilities, as the method itself computes them.</summary>
    OnnxAssignment Assign(OnnxValue prepared);
}
