using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Centroids;

/// <summary>
/// k-means on embeddings: Lloyd's iterations from k-means++ initialisations, the clustering of lowest inertia kept. All randomness comes
/// from the generator given. Memory grows with n p, the points, and with k p; never with n k.
/// </summary>
internal static class KMeans
{
    /// <param name="points">(n, p), n ≥ k, finite.</param>
    /// <param name="clusters">k.</param>
    /// <param name="nInit">The number of initialisations by k-means++, scikit-learn's n_init.</param>
    /// <param name="generator">On the CPU.</param>
    /// <param name="former">
    /// (k, p) centroids to begin from once more besides; the clusters found are then numbered as they match the former ones best. Or null.
    /// </param>
    /// <param name="cancellation">Honoured within one iteration.</param>
    /// <param name="weights">(n), above 0: a point counts so many times, in the draws, the means and the inertia. Or null for 1.</param>
    public static KMeansResult Run(
        Tensor points, int clusters, int nInit, Generator generator, Tensor? former = null, CancellationToken cancellation = default, Tensor? weights = null)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        // Distances do not change with the origin; near the mean the products lose fewer digits.
        var mean = points.mean(new long[] { 0 });
        return Run(KMeansPoints.Create(points, mean, weights), mean, clusters, nInit, generator, former, cancellation).MoveToOuterDisposeScope();
    }

    /// <summary>The same on points that are less their mean already.</summary>
    internal static KMeansResult Run(
        KMeansPoints points, Tensor mean, int clusters, int nInit, Generator generator, Tensor? former, CancellationToken cancellation)
    {
        var best = former is null ? null : points.Lloyd(former - mean, cancellation);
        for (var i = 0; i < nInit; i++)
        {
            var result = points.Lloyd(points.Seeds(clusters, generator), cancellation);
            if (best is null || result.Inertia < best.Inertia)
                (best, result) = (result, best);
            result?.Dispose();
        }

        if (best is null)
            throw new ArgumentException("k-means needs an initialisation or former centroids.", nameof(nInit));
        if (former is not null)
            best = CentroidMatching.Renumber(best, points.Labels(former - mean));
        return best with { Centroids = best.Centroids.Plus(mean) };
    }
}
