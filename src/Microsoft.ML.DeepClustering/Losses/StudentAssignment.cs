using Microsoft.ML.DeepClustering.Onnx;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Losses;

/// <summary>
/// Soft assignment by Student's t distribution: q_ij ∝ (1 + ||z_i - r_j||²/a)^(-(a+1)/2) with a = 1 degree of freedom.
/// Xie, Girshick and Farhadi, ICML 2016, Equation 1; van der Maaten and Hinton 2008.
/// </summary>
internal static class StudentAssignment
{
    /// <summary>(n, k) squared distances -> Q (n, k), rows sum to 1.</summary>
    public static Tensor Compute(Tensor squaredDistances)
    {
        var similarities = squaredDistances.Plus(1).reciprocal();
        return similarities / similarities.sum(1L, true);
    }

    /// <summary>The same in an ONNX graph.</summary>
    public static OnnxValue Compute(OnnxValue squaredDistances)
    {
        var similarities = squaredDistances.Plus(1f).Reciprocal();
        return similarities.Over(similarities.Sum(1, keep: true));
    }
}
