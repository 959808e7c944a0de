using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Losses;

/// <summary>
/// The loss that UNSEEN adds: the mean squared distance of the rows of a batch from their K = max(1, ⌊B / k⌋) nearest other rows; relative to that of all pairs where the
/// centroids are trained, so that shrinking the embedding does not lower it. Leiber, Strauß, Schubert and Seidl, ICDMW 2024; the form is the authors' code's.
/// </summary>
internal static class NearestNeighborLoss
{
    private const double SmallestMean = 1e-12;

    /// <summary>(B, B) -> scalar; 0 for two clusters or fewer, and for a single row.</summary>
    /// <param name="squaredDistances">Of each z from each, symmetric.</param>
    /// <param name="clusters">k, the present number of clusters.</param>
    /// <param name="relative">Whether the mean over all pairs divides it.</param>
    /// <param name="weights">Of the rows, (B), or null.</param>
    public static Tensor Compute(Tensor squaredDistances, long clusters, bool relative, Tensor? weights = null)
    {
        var rows = squaredDistances.shape[0];
        if (clusters <= 2 || rows < 2)
            return squaredDistances.sum().Times(0);
        var itself = eye(rows, dtype: ScalarType.Bool, device: squaredDistances.device);
        var neighbors = (int)Math.Min(rows - 1, Math.Max(1, rows / clusters));
        var (nearest, _) = squaredDistances.With(itself, double.PositiveInfinity).topk(neighbors, 1, largest: false);
        var mean = RowMean.Compute(nearest.mean(new[] { 1L }), weights);
        return relative ? mean / squaredDistances.sum().Over(rows * (rows - 1)).AtLeast(SmallestMean) : mean;
    }
}
