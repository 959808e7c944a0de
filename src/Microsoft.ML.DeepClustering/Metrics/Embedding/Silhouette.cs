using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Metrics.Embedding;

/// <summary>
/// The mean silhouette, (b - a) / max(a, b) of a point, where a is its mean distance to the other points of its cluster and b that to the points of
/// the nearest other cluster; 0 for a point alone in its cluster: scikit-learn's silhouette_score. Euclidean distances in float64, block by block, O(n² p).
/// Rousseeuw, <i>Silhouettes: a graphical aid to the interpretation and validation of cluster analysis</i>, J. Comput. Appl. Math. 20, 1987.
/// </summary>
/// <example>
/// Points 0, 1, 10, 11 on a line in clusters 0 0 1 1: 0.899749, the mean of (10.5 - 1) / 10.5 for the outer and (9.5 - 1) / 9.5 for the inner points.
/// </example>
internal static class Silhouette
{
    /// <summary>The default of the most points that a silhouette is taken over: the time grows with their square.</summary>
    public const int DefaultSampleSize = 4000;

    // Values a block; 32 MiB.
    private const long ValuesPerBlock = 4 << 20;

    // Up to so many values a point the differences themselves are as fast as a product.
    private const long FewValues = 16;

    // Distances by products are wrong by up to 1e-7 of the points' radius, where points all but coincide. The silhouettes are right to 1e-6
    // all the same if max(a, b) is at least this share of the radius.
    private const double ShareForProducts = 0.1;

    /// <summary>
    /// The mean silhouette, -1 to 1, higher is better; NaN, where scikit-learn raises an error, with fewer than two clusters that have points or as
    /// many as points, and for embeddings that are not finite. Clusters without points are skipped.
    /// </summary>
    /// <param name="embeddings">(n, p) of Float32 or Float64, on any device.</param>
    /// <param name="clusters">(n) of Int64, 0 to k - 1, on the same device.</param>
    /// <param name="numberOfClusters">k.</param>
    public static double Compute(Tensor embeddings, Tensor clusters, int numberOfClusters) => Compute(embeddings, clusters, numberOfClusters, out _);

    /// <summary><see cref="Compute(Tensor, Tensor, int)"/>, and the mean of each cluster's points.</summary>
    /// <param name="embeddings">(n, p) of Float32 or Float64, on any device.</param>
    /// <param name="clusters">(n) of Int64, 0 to k - 1, on the same device.</param>
    /// <param name="numberOfClusters">k.</param>
    /// <param name="means">k values, -1 to 1; NaN for a cluster without points, and for all where the mean over the points is NaN.</param>
    public static double Compute(Tensor embeddings, Tensor clusters, int numberOfClusters, out double[] means)
    {
        using var session = TorchSession.WithoutGradients();
        means = new double[numberOfClusters];
        Array.Fill(means, double.NaN);
        var (numbers, counts) = Renumber(clusters, numberOfClusters);
        var (points, present) = (embeddings.shape[0], counts.shape[0]);
        if (present < 2 || present == points)
            return double.NaN;
        var values = embeddings.to(ScalarType.Float64);
        var byProducts = values.shape[1] > FewValues;
        var centred = byProducts ? values - values.mean(new[] { 0L }) : values;
        var radius = centred.Squared().sum(dim: 1L).max().sqrt().item<double>();
        var length = Math.Clamp(ValuesPerBlock / points, 1, points);
        var sum = 0.0;
        var sums = zeros_like(counts);
        for (var start = 0L; start < points; start += length)
        {
            using var inner = NewDisposeScope();
            var rows = Math.Min(length, points - start);
            var own = numbers.narrow(0, start, rows);
            var distances = byProducts ? DistancesByProducts(centred, start, rows) : Distances(values, start, rows);
            var (silhouettes, larger) = OfBlock(distances, numbers, own, counts);
            if (byProducts && !(larger.min().item<double>() >= ShareForProducts * radius))
                (silhouettes, _) = OfBlock(Distances(values, start, rows), numbers, own, counts);
            sum += silhouettes.sum().item<double>();
            sums.AddRows(own, silhouettes);
        }

        Spread((sums / counts).cpu().data<double>().ToArray(), clusters, numberOfClusters, means);

        return sum / points;
    }

    /// <summary>
    /// <see cref="Compute(Tensor, Tensor, int)"/> over all points if there are at most <paramref name="maximumPoints"/>, else within a sample of so many, drawn
    /// without replacement by <see cref="RowReservoir"/>.
    /// </summary>
    /// <param name="embeddings">(n, p) of Float32 or Float64, on any device.</param>
    /// <param name="clusters">(n) of Int64, 0 to k - 1, on the same device.</param>
    /// <param name="numberOfClusters">k.</param>
    /// <param name="seed">The same seed draws the same rows of data of the same length.</param>
    /// <param name="maximumPoints">The most points of a sample, 0 or more.</param>
    public static double ComputeSample(
        Tensor embeddings, Tensor clusters, int numberOfClusters, int seed, int maximumPoints = DefaultSampleSize)
    {
        if (embeddings.shape[0] <= maximumPoints)
            return Compute(embeddings, clusters, numberOfClusters);
        using var session = TorchSession.WithoutGradients();
        var rows = tensor(RowReservoir.Draw(embeddings.shape[0], maximumPoints, seed), dtype: ScalarType.Int64, device: CPU).to(embeddings.device);
        return Compute(embeddings.index_select(0, rows), clusters.index_select(0, rows), numberOfClusters);
    }

    /// <summary>The means of the clusters that have points, at the places of their numbers.</summary>
    private static void Spread(double[] present, Tensor clusters, int numberOfClusters, double[] means)
    {
        var counts = bincount(clusters, minlength: numberOfClusters).cpu().data<long>().ToArray();
        for (var (cluster, number) = (0, 0); cluster < counts.Length; cluster++)
        {
            if (counts[cluster] > 0)
                means[cluster] = present[number++];
        }
    }

    /// <summary>(n, p) points -> (n, b) distances to b of them, from the differences.</summary>
    private static Tensor Distances(Tensor points, long start, long rows)
        => cdist(points, points.narrow(0, start, rows), 2.0, compute_mode.donot_use_mm_for_euclid_dist);

    /// <summary>(n, p) centred points -> (n, b) distances to b of them, by one matrix product; centring spares digits.</summary>
    private static Tensor DistancesByProducts(Tensor points, long start, long rows)
    {
        var distances = CentroidDistance.SquaredByProducts(points, points.narrow(0, start, rows)).sqrt();
        distances.narrow(0, start, rows).diagonal(0L, 0L, 1L).zero_();
        return distances;
    }

    /// <summary>
    /// (n, b) distances, (n) clusters of all points and (b) of the block's, (k) points of each cluster -> (b) silhouettes, and max(a, b).
    /// </summary>
    private static (Tensor Silhouettes, Tensor Larger) OfBlock(Tensor distances, Tensor clusters, Tensor own, Tensor counts)
    {
        var sums = zeros(new[] { counts.shape[0], own.shape[0] }, dtype: ScalarType.Float64, device: own.device)
            .AddRows(clusters, distances); // (k, b)
        var others = counts.index_select(0, own).Minus(1);
        var within = sums.gather(0, own.unsqueeze(0)).flatten() / others.AtLeast(1);
        var isOwn = Arithmetic.Numbers(counts.shape[0], own.device).unsqueeze(1).eq(own.unsqueeze(0)); // (k, b)
        var nearest = (sums / counts.unsqueeze(1)).With(isOwn, double.PositiveInfinity).amin(new[] { 0L });
        var larger = maximum(within, nearest);
        return (((nearest - within) / larger).With(others.Is(0).logical_or(larger.Is(0)), 0), larger);
    }

    /// <summary>(n) clusters with gaps -> (n) without, and the points of each cluster in float64.</summary>
    private static (Tensor Numbers, Tensor Counts) Renumber(Tensor clusters, int numberOfClusters)
    {
        var counts = bincount(clusters, minlength: numberOfClusters);
        var present = counts.IsAbove(0);
        var numbers = present.to(ScalarType.Int64).cumsum(0).Minus(1);
        return (numbers.index_select(0, clusters), counts.index_select(0, present.nonzero().flatten()).to(ScalarType.Float64));
    }
}
