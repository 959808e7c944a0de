using Microsoft.ML.DeepClustering.Onnx;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Losses;

/// <summary>
/// The clustering loss of centering: Σ_k f_k G_k, G_k = f_k^(-α) / Σ_k' f_k'^(-α), f the squared Euclidean distance, mean over the batch.
/// Roy, "An approach towards learning K-means-friendly deep latent representation", Equations 10 and 11.
/// </summary>
internal static class CenteringLoss
{
    // A point on its centroid has the distance 0 and an infinite f^(-α). From here on distances count as equally small.
    private const double Floor = 1e-12;

    /// <summary>(n, k) squared distances -> G (n, k), rows sum to 1: the softmax of -α log f, which no α makes overflow.</summary>
    public static Tensor Weights(Tensor squaredDistances, double alpha)
        => nn.functional.softmax(squaredDistances.AtLeast(Floor).log().Times(-alpha), 1);

    /// <summary>The same in an ONNX graph.</summary>
    public static OnnxValue Weights(OnnxValue squaredDistances, double alpha)
        => squaredDistances.AtLeast((float)Floor).Log().Times((float)-alpha).Softmax();

    /// <summary>(n, k) squared distances and weights of the rows (n) or null -> scalar.</summary>
    public static Tensor Compute(Tensor squaredDistances, double alpha, Tensor? weights = null)
        => RowMean.Compute((squaredDistances * Weights(squaredDistances, alpha)).sum(dim: 1L), weights);
}
