using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>Where values leave the layers whose products may be in bfloat16.</summary>
internal static class Widening
{
    /// <summary>Values of bfloat16 become float32, (n, ...) -> (n, ...); others stay as they are.</summary>
    public static Tensor Widened(this Tensor values) => values.dtype == ScalarType.BFloat16 ? values.to(ScalarType.Float32) : values;
}
