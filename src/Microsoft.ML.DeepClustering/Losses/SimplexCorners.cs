using Microsoft.ML.DeepClustering.Onnx;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Losses;

/// <summary>
/// Distances between soft assignments and the corners e_j of the simplex, and the third term of DDC on them:
/// D(M, K) with M_aj = exp(-||α_a - e_j||²), which draws assignments to the corners. Trosten et al. 2024, Equation 8.
/// </summary>
internal static class SimplexCorners
{
    /// <summary>(n, k) assignments -> (n, k) squared distances ||α_a - e_j||², 0 to 2.</summary>
    public static Tensor SquaredDistances(Tensor assignments)
        => (assignments.Squared().sum(1L, true) - assignments.Times(2)).Plus(1).AtLeast(0);

    /// <summary>The same in an ONNX graph.</summary>
    public static OnnxValue SquaredDistances(OnnxValue assignments)
        => assignments.Squared().Sum(1, keep: true).Minus(assignments.Times(2)).Plus(1f).AtLeast(0);

    /// <summary>D(M, K) for (n, k) assignments, an (n, n) kernel and weights (n) or null.</summary>
    public static Tensor Compute(Tensor assignments, Tensor kernel, Tensor? weights = null)
        => CauchySchwarzDivergence.Compute(SquaredDistances(assignments).neg().exp(), kernel, weights);
}
