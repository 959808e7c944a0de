using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Kernels;

/// <summary>Squared Euclidean distances between the rows of a batch, by one matrix product.</summary>
internal static class EuclideanDistance
{
    /// <summary>(n, ...) -> (n, n); each sample is vectorised first. The diagonal is exactly zero.</summary>
    public static Tensor SquaredPairwise(Tensor samples, DistanceGradient gradient)
    {
        if (gradient == DistanceGradient.Exact || !samples.requires_grad)
            return SquaredPairwise(samples);
        Tensor distances;
        using (no_grad())
            distances = SquaredPairwise(samples);
        var rows = Centered(samples);
        // d² as far as row a alone moves: ||x_a||² - 2 x_a x_b, whose value is taken off again.
        var moved = rows.Squared().sum(1L, true) - rows.mm(rows.detach().transpose(0, 1)).Times(2);
        return distances.Plus((moved - moved.detach()).Times(2));
    }

    /// <summary>The same with its derivative.</summary>
    public static Tensor SquaredPairwise(Tensor samples)
    {
        var rows = Centered(samples);
        var norms = (rows * rows).sum(dim: 1L);
        var products = rows.mm(rows.transpose(0, 1)); // (n, d) x (d, n) -> (n, n)
        var distances = (norms.unsqueeze(0).Plus(norms.unsqueeze(1)) - products.Times(2)).AtLeast(0);
        return distances * 1.0.Minus(eye(rows.shape[0], dtype: samples.dtype, device: samples.device));
    }

    // Distances do not change with the origin; near the mean the products lose fewer digits.
    private static Tensor Centered(Tensor samples)
    {
        var rows = samples.reshape(samples.shape[0], -1);
        return rows - rows.mean(new long[] { 0 }).detach();
    }
}
