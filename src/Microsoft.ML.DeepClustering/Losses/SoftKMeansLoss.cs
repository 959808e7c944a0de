using Microsoft.ML.DeepClustering.Onnx;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Losses;

/// <summary>
/// The clustering loss of Deep k-Means: Σ_k f(z, r_k) G_k, G = softmax(-α f), f the squared Euclidean distance, mean over the batch.
/// With growing α it becomes the loss of k-means. Moradi Fard, Thonet and Gaussier, Pattern Recognition Letters 138, 2020, Equations 3 and 5.
/// </summary>
internal static class SoftKMeansLoss
{
    /// <summary>(n, k) squared distances -> G (n, k), rows sum to 1. Softmax subtracts the largest exponent, the smallest distance, first.</summary>
    public static Tensor Weights(Tensor squaredDistances, double alpha) => nn.functional.softmax(squaredDistances.Times(-alpha), 1);

    /// <summary>The same in an ONNX graph.</summary>
    public static OnnxValue Weights(OnnxValue squaredDistances, double alpha) => squaredDistances.Times((float)-alpha).Softmax();

    /// <summary>(n, k) squared distances and weights of the rows (n) or null -> scalar.</summary>
    public static Tensor Compute(Tensor squaredDistances, double alpha, Tensor? weights = null)
        => RowMean.Compute((squaredDistances * Weights(squaredDistances, alpha)).sum(dim: 1L), weights);
}
