using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Losses;

/// <summary>
/// The clustering loss of DCN: 1/2 ||z_i - M s_i||² with assignments and centroids fixed, mean over the batch.
/// Yang, Fu, Sidiropoulos and Hong, ICML 2017, Equation 4.
/// </summary>
internal static class NearestCentroidLoss
{
    /// <summary>z (n, p), r (k, p), labels (n), 0 to k - 1, and weights (n) or null -> scalar. Gradient flows into z alone.</summary>
    public static Tensor Compute(Tensor embeddings, Tensor centroids, Tensor labels, Tensor? weights = null)
        => RowMean.Compute((embeddings - centroids.detach().index_select(0, labels)).Squared().sum(dim: 1L), weights).Times(0.5);
}
