using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Kernels;

/// <summary>Squared Euclidean distances between the rows of a batch, by one matrix product.</summary>
internal static class EuclideanDistance
{
    /// <summary>(n, ...) -> (n, n); each sample is vectorised first. The diagonal is exactly zero.</summary>
    public static Tensor SquaredPairwise(Tensor samples)
    {
        var n = samples.shape[0];
        var rows = samples.reshape(n, -1);
        // Distances do not change with the origin; near the mean the products lose fewer digits.
        rows = rows - rows.mean(new long[] { 0 }).detach();
        var norms = (rows * rows).sum(dim: 1L);
        var products = rows.mm(rows.transpose(0, 1)); // (n, d) x (d, n) -> (n, n)
        var distances = (norms.unsqueeze(0).Plus(norms.unsqueeze(1)) - products.Times(2)).AtLeast(0);
        return distances * 1.0.Minus(eye(n, dtype: samples.dtype, device: samples.device));
    }
}
